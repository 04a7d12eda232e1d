#!/usr/bin/env bash
# Builds the solution once and runs every test project in it.
#
#   bash tests/run.sh                        everything
#   bash tests/run.sh Engine                 only the projects whose name contains "Engine"
#   bash tests/run.sh Engine --filter-class '*SheetReader*'      further arguments go to the test runner
#
# The last line is always "N passed, N failed, N skipped"; the exit code is 0 only if nothing failed and something passed.
# The browser tests use an installed Chrome or Chromium (BATCHWORK_CHROMIUM names another one), else Debian's, installed by apt-get.
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1
# A build node that lives on would keep our output pipe open.
export MSBUILDDISABLENODEREUSE=1

readonly configuration="${BATCHWORK_CONFIGURATION:-Debug}"
# A project that takes longer is asked to end; one that does not listen either is killed a little later, with all its processes.
readonly time_limit="${BATCHWORK_TEST_TIME_LIMIT:-900}"
readonly results="$PWD/artifacts/test-results"
# Cheapest first, the browser last. A project that is not named here runs before the browser.
readonly first='Architecture' last='EndToEnd'
# Runs beside the browser: both wait more than they work, one for starts of the program, one for pages. Every other project uses all cores by itself.
readonly beside='CrashHarness'

passed=0 failed=0 skipped=0

say() { printf '%s\n' "$*"; }
stop() { printf 'tests/run.sh: %s\n' "$*" >&2; exit 1; }

finish() {
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

# --- what to run -----------------------------------------------------------------------------------------------------

# The test projects of the solution, one path a line, in the order of running.
test_projects() {
  local all
  all="$(tr -d '\r' <Batchwork.Dashboard.sln | sed -n 's/^Project([^)]*) = "[^"]*", "\([^"]*\.Tests\.csproj\)".*/\1/p' | tr '\\' '/' | sort)"
  grep -e "$first" <<<"$all"
  grep -v -e "$first" -e "$beside" -e "$last" <<<"$all"
  grep -e "$beside" <<<"$all"
  grep -e "$last" <<<"$all"
}

# --- the browser -----------------------------------------------------------------------------------------------------

find_browser() {
  local candidate path
  for candidate in "${BATCHWORK_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' '/Applications/Chromium.app/Contents/MacOS/Chromium'; do
    [ -n "$candidate" ] || continue
    # Asked for its version, because Ubuntu's chromium-browser may be a stub that only says how to install something else.
    if path="$(command -v "$candidate" 2>/dev/null)" && "$path" --version >/dev/null 2>&1 </dev/null; then
      printf '%s\n' "$path"
      return 0
    fi
    [ "$candidate" != "${BATCHWORK_CHROMIUM:-}" ] || return 1
  done
  return 1
}

install_browser() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || return 1
    as_root=(sudo)
    [ -t 0 ] || as_root+=(-n)
  fi
  # ${a[@]+"${a[@]}"}: an empty array counts as unset in the bash of macOS.
  apt_get() {
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
      apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" </dev/null
  }
  local log
  log="$(mktemp)"
  # An update that fails (another one runs just now) may still leave usable lists, so only the install is judged.
  apt_get update >"$log" 2>&1
  apt_get install --no-install-recommends chromium fonts-liberation fonts-noto-core fonts-noto-color-emoji >>"$log" 2>&1
  local code=$?
  [ "$code" -eq 0 ] || tail -n 15 "$log" >&2
  rm -f "$log"
  return "$code"
}

require_browser() {
  local browser
  if ! browser="$(find_browser)"; then
    [ -z "${BATCHWORK_CHROMIUM:-}" ] || stop "BATCHWORK_CHROMIUM is \"$BATCHWORK_CHROMIUM\", which is no browser that starts."
    if command -v apt-get >/dev/null 2>&1; then
      say 'No Chrome or Chromium found: installing Debian'\''s chromium and fonts.'
      install_browser
    fi
    browser="$(find_browser)" || stop 'the browser tests need Chrome or Chromium, and none was found or could be installed: install one, or set BATCHWORK_CHROMIUM to its path.'
  fi
  export BATCHWORK_CHROMIUM="$browser"
  say "Browser: $browser ($("$browser" --version 2>/dev/null </dev/null | head -n 1))"
}

# --- running ---------------------------------------------------------------------------------------------------------

# The sum of one attribute over all <assembly> elements of a report.
count() {
  grep -o '<assembly [^>]*>' "$1" | grep -o " $2=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'
}

bounded() {
  # Not for a person at a terminal: "timeout" would keep Ctrl+C from the tests.
  if [ ! -t 1 ] && command -v timeout >/dev/null 2>&1; then
    timeout --kill-after=10 "$((time_limit + 30))" "$@"
  else
    "$@"
  fi
}

run_project() {
  local project="$1" name report code run_passed run_failed run_skipped
  shift
  name="$(basename "$project" .csproj)"
  report="$results/$name.xml"
  say ''
  say "== $name"

  local options=(--no-progress --no-ansi --timeout "${time_limit}s" --long-running 60
    --results-directory "$results" --report-xunit-xml --report-xunit-xml-filename "$name.xml")
  local module="$(dirname "$project")/bin/$configuration/net10.0/$name.dll"
  bounded dotnet test --test-modules "$module" "${options[@]}" "$@" </dev/null
  code=$?

  if [ ! -s "$report" ] || ! grep -q '</assemblies>' "$report"; then
    say "$name left no complete report (exit code $code): its host crashed, hung or could not start. Counted as one failure."
    failed=$((failed + 1))
    return
  fi

  run_passed="$(count "$report" passed)"
  # "errors" are faults outside a test, such as a fixture's clean-up.
  run_failed=$(($(count "$report" failed) + $(count "$report" errors)))
  run_skipped="$(count "$report" skipped)"
  if [ "$code" -eq 8 ] && [ "$((run_passed + run_failed + run_skipped))" -eq 0 ]; then
    say "$name has no tests to run."
  elif [ "$code" -ne 0 ] && [ "$run_failed" -eq 0 ]; then
    say "$name ended with exit code $code although no test failed. Counted as one failure."
    run_failed=1
  fi
  passed=$((passed + run_passed)) failed=$((failed + run_failed)) skipped=$((skipped + run_skipped))
}

filter="${1:-}"
[ $# -eq 0 ] || shift
projects="$(test_projects | grep -F -e "$filter")"
[ -n "$projects" ] || stop "no test project of the solution has \"$filter\" in its name."
command -v dotnet >/dev/null 2>&1 || stop 'the .NET SDK 10.0 is needed, and no "dotnet" is on the PATH.'

if grep -q -e "$last" <<<"$projects"; then
  require_browser
fi

rm -rf "$results"
mkdir -p "$results"
if [ -n "$filter" ]; then
  build_targets="$projects"
else
  build_targets='Batchwork.Dashboard.sln'
fi
while IFS= read -r target; do
  if ! dotnet build "$target" --configuration "$configuration" -v minimal </dev/null; then
    say "$target does not build. Counted as one failure."
    failed=1
    finish
  fi
done <<<"$build_targets"

# Runs a project in the background. What it says and counts waits in files until the one beside it has ended.
start_beside() {
  (
    passed=0 failed=0 skipped=0
    run_project "$@"
    printf '%d %d %d\n' "$passed" "$failed" "$skipped" >"$results/beside.counts"
  ) >"$results/beside.log" 2>&1 &
}

end_beside() {
  local run_passed=0 run_failed=1 run_skipped=0
  wait
  cat "$results/beside.log"
  # Without counts it was killed.
  [ ! -s "$results/beside.counts" ] || read -r run_passed run_failed run_skipped <"$results/beside.counts"
  passed=$((passed + run_passed)) failed=$((failed + run_failed)) skipped=$((skipped + run_skipped))
}

# One project after the other, but for the two that share the machine.
is_beside=''
while IFS= read -r project; do
  if grep -q -e "$beside" <<<"$project" && grep -q -e "$last" <<<"$projects"; then
    start_beside "$project" "$@"
    is_beside=yes
  else
    run_project "$project" "$@"
  fi
done <<<"$projects"
[ -z "$is_beside" ] || end_beside

say ''
finish
