# syntax=docker/dockerfile:1

# The dashboard as a container: unprivileged, everything it writes below /data, fine with a read-only root file system.
#
#   docker build -t batchwork-dashboard .
#   docker run -p 127.0.0.1:8080:8080 -v batchwork-data:/data batchwork-dashboard
#
# compose.yaml adds the hardening that only the engine can do.

# ---- build: on the builder's own architecture, for the target's
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source

# What decides about packages first, so that a change of code alone downloads nothing.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/Batchwork/*.csproj src/Batchwork/
COPY src/Batchwork.Engine/*.csproj src/Batchwork.Engine/
COPY src/Batchwork.Emulator/*.csproj src/Batchwork.Emulator/
COPY src/Batchwork.Dashboard/*.csproj src/Batchwork.Dashboard/
RUN dotnet restore src/Batchwork.Dashboard --arch $TARGETARCH

COPY src/ src/
COPY wwwroot-assets/ wwwroot-assets/
RUN dotnet publish src/Batchwork.Dashboard --arch $TARGETARCH --configuration Release --no-restore --no-self-contained --output /app \
    && mkdir -p /empty/data/tmp

# ---- run: with the C library and ICU that the native image library and the cultures need
FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS final
LABEL org.opencontainers.image.title="Batchwork Dashboard" \
      org.opencontainers.image.description="Prompt sheets to pictures through the batch APIs of OpenAI, Google Gemini and xAI" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app

# 1654 is the image's unprivileged user "app". Nobody else can look into the folder, whatever umask the files in it were made with.
COPY --from=build --chown=1654:1654 --chmod=0700 /empty/data /data
COPY --from=build /app ./
COPY LICENSE ./

# Uploads spool below /data and not in memory or in the container's layer. Without the diagnostics port nothing needs /tmp.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    Batchwork__DataFolder=/data \
    ASPNETCORE_TEMP=/data/tmp \
    TMPDIR=/data/tmp \
    DOTNET_EnableDiagnostics=0

USER 1654
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["dotnet", "Batchwork.Dashboard.dll", "health"]
ENTRYPOINT ["dotnet", "Batchwork.Dashboard.dll"]
