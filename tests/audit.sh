#!/usr/bin/env bash
# Known advisories about the packages we use, direct and indirect. Ends with 1 when there are some. A package source without advisory data
# would let this look like good news, so that is asked first, and said: "NOT CHECKED".
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# 0 when a source says in its index that it has advisories.
has_advisories() {
  local index=""
  if command -v curl >/dev/null; then
    index=$(curl --silent --location --max-time 30 "$1")
  elif command -v wget >/dev/null; then
    index=$(wget --quiet --timeout=30 --output-document=- "$1")
  fi
  [[ "$index" == *VulnerabilityInfo/* ]]
}

checked=no
while read -r _ source; do
  if has_advisories "$source"; then
    checked=yes
  fi
done < <(dotnet nuget list source --format short | grep '^E.* http')

if [[ $checked == no ]]; then
  echo "Dependency audit: NOT CHECKED. No package source that is set up here has advisory data (or neither curl nor wget is there to ask)."
  exit 0
fi

if ! report=$(dotnet list Batchwork.Dashboard.sln package --vulnerable --include-transitive 2>&1); then
  echo "Dependency audit: NOT CHECKED. The packages could not be listed; restore first."
  exit 0
fi

if found=$(grep -E '^ +> ' <<<"$report"); then
  echo "Dependency audit: there are advisories."
  sort -u <<<"$found"
  exit 1
fi

echo "Dependency audit: no known advisory about any package."
