#!/usr/bin/env bash
# Shows that the crash harness catches bugs: plants each one of Plants/ in a copy of the built product and expects the harness to find it.
#
#   bash tests/Batchwork.CrashHarness/plants.sh              all of them
#   bash tests/Batchwork.CrashHarness/plants.sh 03 12        only these
#
# Build tests/Batchwork.CrashHarness first. A plant that is not caught, or whose patch does not apply any more, is a failure.
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
readonly configuration="${BATCHWORK_CONFIGURATION:-Debug}"
readonly plants='tests/Batchwork.CrashHarness/Plants'
copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT

# Sources to build from and programs to run, laid out as here, so that the harness finds them.
cp -r src Batchwork.Dashboard.sln global.json Directory.*.props .editorconfig BannedSymbols.txt wwwroot-assets "$copy"
mkdir -p "$copy/tests/Batchwork.CrashHarness"
cp -r tests/Batchwork.CrashHarness/bin "$copy/tests/Batchwork.CrashHarness/"

missed=0
for patch in "$plants"/*.patch; do
  name="$(basename "$patch" .patch)"
  [ $# -eq 0 ] || [[ " $* " == *" ${name%%-*} "* ]] || continue
  run="$(sed -n 's/^Caught by: //p' "$patch")"
  tar -C src --exclude=bin --exclude=obj -cf - . | tar -C "$copy/src" -xmf -
  if ! patch -d "$copy" -p1 --silent <"$patch"; then
    printf '%s: MISSED, the patch does not apply any more\n' "$name"
    missed=$((missed + 1))
    continue
  fi
  for project in Batchwork Batchwork.Engine; do
    cp "src/Batchwork.Dashboard/bin/$configuration/net10.0/$project.dll" "$copy/src/Batchwork.Dashboard/bin/$configuration/net10.0/"
    grep -q "^+++ b/src/$project/" "$patch" || continue
    if ! dotnet build "$copy/src/$project" -c "$configuration" -v q --no-restore --no-dependencies -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -p:GenerateDocumentationFile=false </dev/null >"$copy/build.log" 2>&1; then
      printf '%s: MISSED, it does not build\n' "$name"
      cat "$copy/build.log"
      missed=$((missed + 1))
      continue 2
    fi
    cp "$copy/src/$project/bin/$configuration/net10.0/$project.dll" "$copy/src/Batchwork.Dashboard/bin/$configuration/net10.0/"
  done
  # shellcheck disable=SC2086
  # A place that is not reached any more proves nothing.
  if dotnet "$copy/tests/Batchwork.CrashHarness/bin/$configuration/net10.0/Batchwork.CrashHarness.dll" $run >"$copy/run.log" 2>&1 </dev/null || ! grep BROKEN "$copy/run.log" | grep -qv 'nothing was tested'; then
    printf '%s: MISSED by %s\n' "$name" "$run"
    cat "$copy/run.log"
    missed=$((missed + 1))
  else
    printf '%s: caught by %s\n    %s\n' "$name" "$run" "$(grep -v 'nothing was tested' "$copy/run.log" | grep -o -m1 'BROKEN.*')"
  fi
done
exit "$((missed > 0))"
