#!/bin/sh
# The commands of a working copy, for a fresh Debian 12 with nothing but its base system, or any
# machine with Python 3.9 or later. `sh dev.sh help` lists them.
set -eu
cd "$(dirname "$0")"

VENV=.venv
BIN=$VENV/bin
CONSTRAINTS=packaging/constraints-qgis.txt
export PIP_DISABLE_PIP_VERSION_CHECK=1
LEFT_OUT="not thorough"  # of the tests, unless all were asked for
[ -z "${ZR_THOROUGH:-}" ] || LEFT_OUT=

say() { printf '\n== %s\n' "$*"; }

stop() { printf 'dev.sh: %s\n' "$*" >&2; exit 1; }

usage() {
    cat <<'HELP'
sh dev.sh COMMAND

  demo     make .venv, install the little that `zonerules at` needs, ask three questions
  test     install the rest (QGIS by apt), then run every check and every test
  thorough  the same with the longest tests, which repeat what others hold in another way
  lint     ruff and mypy only
  compile  documents/ and geojson/ into catalogue.json
  zip      the QGIS plugin: dist/zonerules-<version>.zip
  wheel    the Python package: dist/zonerules-<version>-py3-none-any.whl
  docs     the documentation site: site/index.html, opens without a server or a network
           (both with the web map's libraries, which npm fetches; without npm or network they are
           made without, and say so)
  help     this text

Everything goes into .venv, catalogue.json, dist/ and site/. Only `test` (and `demo`, where Python or its
venv module is missing) installs Debian packages, as root or through sudo, and says which.
HELP
}

# --- the machine ------------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        stop "needs root for: $*
Run it as root, or install the Debian packages first:$APT_MISSING"
    fi
}

# install those of the named Debian packages that are not there yet
apt_install() {
    APT_MISSING=
    if ! command -v apt-get >/dev/null 2>&1; then
        stop "no apt-get here; install what these Debian packages hold: $*"
    fi
    for package in "$@"; do
        status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
        [ "$status" = "install ok installed" ] || APT_MISSING="$APT_MISSING $package"
    done
    [ -n "$APT_MISSING" ] || return 0
    echo "Debian packages to install:$APT_MISSING"
    as_root apt-get update -qq
    # shellcheck disable=SC2086  # a list of words is meant
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $APT_MISSING >/dev/null
}

# Debian's own Python, because QGIS's modules are compiled for it; elsewhere the one on the path
system_python() {
    if [ -x /usr/bin/python3 ]; then echo /usr/bin/python3; else command -v python3 || true; fi
}

make_venv() {
    [ ! -x $BIN/python ] || $BIN/python -c 'import pip' 2>/dev/null || rm -rf $VENV
    [ ! -x $BIN/python ] || return 0
    python=$(system_python)
    if [ -z "$python" ] || ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "Python's venv module is missing"
        apt_install python3 python3-venv
        python=$(system_python)
    fi
    echo "making $VENV with $("$python" --version)"
    "$python" -m venv $VENV
}

# install $1 (demo or test) unless the files that say what to install are those of the last time
pip_install() {
    now=$(cat pyproject.toml $CONSTRAINTS | cksum)
    stamp=$VENV/installed-$1
    for mark in "$stamp" $VENV/installed-test; do  # a test environment holds the demo's
        if [ -x $BIN/zonerules ] && [ -f "$mark" ] && [ "$(cat "$mark")" = "$now" ]; then
            $BIN/python packaging/compile_first.py
            return 0
        fi
    done
    if [ "$1" = demo ]; then
        $BIN/pip install -q 'typer>=0.12,<0.29' PyYAML jsonschema 'setuptools>=77'
        $BIN/python packaging/compile_first.py  # here, where a mistake in the data is told plainly
        $BIN/pip install -q --no-deps --no-build-isolation -e .
    else
        $BIN/pip install -q 'setuptools>=77' PyYAML jsonschema
        $BIN/python packaging/compile_first.py
        # Python compiles the modules that are imported, when they are: a few of what comes here
        $BIN/pip install -q -c $CONSTRAINTS --no-compile --no-build-isolation -e '.[dev]'
        # names only: its libraries stay out, two generations of Qt in one process do not mix
        $BIN/pip install -q -c $CONSTRAINTS --no-compile --no-deps PyQt6
    fi
    printf '%s\n' "$now" >"$stamp"
}

# with the catalogue compiled, whether or not there was something to install
need_demo() {
    make_venv
    pip_install demo
}

# the libraries of an offline web map, for what is released; never committed
web_assets() {
    $BIN/python packaging/webassets.py && return 0
    echo "Goes on without the web map's libraries: \`zonerules map --offline\` fetches them." >&2
}

need_docs() {
    # a library of the search comes by npm once, like those of the web map
    command -v npm >/dev/null 2>&1 || apt_install npm
    need_demo
    # the package itself is there without the libraries that only answers need
    [ -x $BIN/mkdocs ] || $BIN/pip install -q --no-warn-conflicts -c $CONSTRAINTS \
        jieba mkdocs mkdocs-material mkdocs-static-i18n
}

# --- the commands -----------------------------------------------------------------------------

ask() {
    say "$1"
    shift
    echo "   zonerules at $*"
    echo
    $BIN/zonerules at "$@"
}

demo() {
    say "Preparing: .venv with typer, PyYAML and jsonschema; no geometry library, no QGIS"
    make_venv
    pip_install demo
    ask "1. 国一阶段的机械当天能在这里用吗？ May a stage-I machine work here on that day?" \
        113.69 34.735 --date 2017-11-20 --activity operate-non-road-machinery \
        --fact machine.stage=1
    ask "2. 不知道排放阶段呢？ And a machine of which nothing is known?" \
        113.69 34.735 --date 2017-11-20 --activity operate-non-road-machinery
    ask "3. 市政府同意的土石方作业呢？ And earthwork that the city has agreed to?" \
        113.69 34.735 --date 2017-11-20 --activity earthwork --fact site.city_approved=true
    say "Done. Next: $BIN/zonerules at --help"
}

# every linter has its say, whatever the one before found
lint() {
    bad=0
    $BIN/ruff check --output-format concise . || bad=1
    $BIN/ruff format --check . || bad=1
    # through a link named like the package: the checkout may be called anything
    mkdir -p $VENV/link
    ln -sfn ../.. $VENV/link/zonerules
    (
        cd $VENV/link
        ../bin/mypy --config-file ../../pyproject.toml --cache-dir ../../.mypy_cache \
            -p zonerules.layers -p zonerules.rules -p zonerules.jobs
    ) || bad=1
    $BIN/python packaging/qt6check.py plugin || bad=1
    [ $bad -eq 0 ]
}

prepare_debian() {
    apt_install qgis python3-qgis qgis-providers xvfb xauth xdotool chromium fonts-noto-cjk
    # fetches the pinned libraries of the web map; it comes with other packages of Node, too
    command -v npm >/dev/null 2>&1 || apt_install npm
}

stage_prepare() {
    apt_install git python3 python3-venv
    prepare_debian &  # beside pip: they wait for different servers
    debian=$!
    make_venv
    ours=$($BIN/python -c 'import sys; print(sys.version_info[:2])')
    theirs=$(/usr/bin/python3 -c 'import sys; print(sys.version_info[:2])')
    [ "$ours" = "$theirs" ] ||
        stop "$VENV is Python $ours, QGIS's is $theirs: delete $VENV and start again"
    # Debian's qgis, PyQt5 and what they need come behind everything pip installs. pip must not see
    # them: it would take Debian's older packages for installed.
    pth=$($BIN/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/zz_debian_qgis.pth
    rm -f "$pth"
    pip_install test
    wait $debian || stop "the Debian packages could not be installed, see above"
    printf '%s\n' /usr/lib/python3/dist-packages /usr/share/qgis/python/plugins >"$pth"
}

stage_static() { lint; }

# without QGIS's pytest plugins, which would start QGIS for tests that are not about it
stage_unit() {
    $BIN/python -m pytest -q -p no:pytest_qgis -p no:pytest-qt -n auto --dist loadfile \
        -m "$LEFT_OUT" --hypothesis-profile repeatable --durations 8 tests/unit
}

stage_qgis() {
    export QGIS_PREFIX_PATH=/usr QT_QPA_PLATFORM=offscreen PYTEST_QT_API=pyqt5
    $BIN/python -c 'from qgis.core import Qgis; print("QGIS", Qgis.version())' ||
        stop "QGIS cannot be imported"
    $BIN/python -m pytest -q -n auto --dist loadfile -m "$LEFT_OUT" --durations 8 tests/qgis
}

stage_window() {
    $BIN/python packaging/make_zip.py
    # these tests start QGIS themselves, each on an X server of its own
    $BIN/python -m pytest -q -p no:pytest_qgis -p no:pytest-qt -n 2 --dist loadgroup tests/e2e
}

# the JavaScript twin in Debian's Chromium
stage_web() {
    command -v chromium >/dev/null 2>&1 || stop "no chromium: these tests would skip themselves"
    $BIN/python -m pytest -q -p no:pytest_qgis -p no:pytest-qt -n auto --dist loadfile \
        -m "$LEFT_OUT" --durations 8 tests/web
}

# both, side by side: a window waits now and then
stage_windows() {
    sh ./dev.sh stage_web >$VENV/web.log 2>&1 &
    web=$!
    bad=0
    sh ./dev.sh stage_window || bad=1
    wait $web || bad=1
    cat $VENV/web.log
    [ $bad -eq 0 ]
}

# that every way of answering a hundred thousand points answers the same, not how fast
stage_bench() { $BIN/python -m benchmarks --quick; }

# A warning about a page ends the build. Not --quiet: warnings that are not told do not count.
build_site() {
    told=$(NO_MKDOCS_2_WARNING=1 $BIN/mkdocs build --strict 2>&1) || {
        printf '%s\n' "$told" | grep -v '^INFO' >&2
        return 1
    }
}

stage_docs() {
    $BIN/python packaging/check_docs.py
    build_site
    $BIN/python -m pytest -q -p no:pytest_qgis -p no:pytest-qt -n 0 tests/site
}

# Each stage is a process of its own: `set -e` does not reach into a function that an `if` calls.
run_stage() {
    say "$2"
    began=$(date +%s)
    if sh ./dev.sh "stage_$1"; then result=ok; else result=FAILED; fi
    summary="$summary
$(printf '%5s s  %-6s  %s' "$(($(date +%s) - began))" $result "$2")"
    [ $result = ok ]
}

run_tests() {
    summary=
    bad=0
    if run_stage prepare "apt, pip, catalogue"; then
        run_stage static "ruff, mypy, Qt 6 names" || bad=1
        run_stage unit "unit tests" || bad=1
        run_stage qgis "tests inside QGIS" || bad=1
        run_stage windows "the zip in a real QGIS window, JavaScript in Chromium" || bad=1
        [ -z "${ZR_THOROUGH:-}" ] || run_stage bench "equal answers of the benchmarks" || bad=1
        run_stage docs "documentation: links, pictures, the site" || bad=1
    else
        bad=1
    fi
    say "Stages$summary"
    [ $bad -eq 0 ] || stop "something failed, see above"
}

case "${1:-help}" in
    demo) demo ;;
    test) run_tests ;;
    thorough) export ZR_THOROUGH=1; run_tests ;;
    lint) [ -x $BIN/mypy ] || stop "run 'sh dev.sh test' once, it installs ruff and mypy"; lint ;;
    compile) need_demo ;;
    zip) need_demo; web_assets; $BIN/python packaging/make_zip.py ;;
    wheel)
        need_demo
        web_assets
        $BIN/pip wheel -q --no-deps --no-build-isolation -w dist .
        ls dist/*.whl
        ;;
    docs) need_docs; build_site; echo site/index.html ;;
    stage_prepare | stage_static | stage_unit | stage_qgis | stage_window | stage_web | \
        stage_windows | \
        stage_bench | stage_docs) "$1" ;;
    help | -h | --help) usage ;;
    *) usage >&2; stop "unknown command '$1'" ;;
esac
