#!/bin/sh
# Newer QGIS than Debian 12's, from Debian itself: builds the suites trixie and sid as folders and
# runs the plugin's tests in them. `sh packaging/hosts.sh --help` tells how.
# shellcheck disable=SC2086  # lists of words are meant
set -eu

REPOSITORY=$(cd "$(dirname "$0")/.." && pwd)
HOSTS=${XDG_CACHE_HOME:-$HOME/.cache}/zonerules/hosts
SUITES="trixie sid"
STEPS="qgis e2e"
COMMIT=
REBUILD=

# what every host has: as on Debian 12, see dev.sh. Newer QGIS misses Open Sans, and says so.
PACKAGES="qgis python3-qgis qgis-providers xvfb xauth xdotool fonts-noto-cjk fonts-open-sans
    ca-certificates git python3-venv python3-pytest python3-pytestqt
    python3-jsonschema python3-rich python3-typer python3-yaml"
# Both kinds of user exist. In sid, QGIS finds the geometry libraries among Debian's packages; in
# trixie it is QGIS alone, and the tests that need them have them where QGIS does not look.
PACKAGES_sid="python3-folium python3-geopandas python3-pyogrio python3-pyproj python3-shapely"
MODULES_trixie="geopandas>=1.0 pyogrio>=0.7.2 shapely>=2.0"
# What Debian lacks. pytest-qgis is the version that Debian 12's QGIS is tested with; Debian's older
# pypdf runs the lines of a page together.
MODULES_all="$(grep '^pytest-qgis==' "$REPOSITORY/packaging/constraints-qgis.txt")
    prcoords>=1.0 pypdf>=7"

# inside a host
TREE=/srv/zonerules   # its name makes it importable as the package
VENV=/opt/tests       # Python for the tests: Debian's modules, and some that QGIS does not see
SHOTS=/srv/shots
CERTIFICATES=/etc/ssl/certs/ca-certificates.crt

say() { printf '\n== %s\n' "$*"; }

stop() { printf 'hosts.sh: %s\n' "$*" >&2; exit 1; }

usage() {
    cat <<'HELP'
sh packaging/hosts.sh [OPTION…]
sh packaging/hosts.sh [--cache FOLDER] --shell SUITE COMMAND…

Runs the tests that need QGIS in Debian trixie (QGIS 3.40) and Debian sid (QGIS 3.44). Each is a
folder made with debootstrap and kept for the next time.

  --suite trixie|sid  only this one
  --only qgis|e2e     only the tests inside QGIS, or only the zip in a real window
  --commit REV        test this commit, not the work tree
  --rebuild           make the host anew: sid moves on, a kept host does not
  --cache FOLDER      where the hosts are; ~/.cache/zonerules/hosts by default
  --shell SUITE COMMAND…
                      run a command in a host, in the copy that was tested last
  --help              this text

Needs root, a Debian machine and some 6 GB. Installs debootstrap by apt where it is missing. The
mirror is the machine's own; ZONERULES_MIRROR names another one.

Examples:
  sudo sh packaging/hosts.sh
  sudo sh packaging/hosts.sh --suite sid --only e2e
  sudo sh packaging/hosts.sh --shell trixie /opt/tests/bin/python -m pytest tests/qgis
HELP
}

one_of() {  # one_of VALUE CHOICE…
    value=$1
    shift
    for choice in "$@"; do
        [ "$value" != "$choice" ] || return 0
    done
    stop "'$value' is none of: $*"
}

# --- the machine ------------------------------------------------------------------------------

apt_install() {
    missing=
    for package in "$@"; do
        status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
        [ "$status" = "install ok installed" ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "Debian packages to install on this machine:$missing"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# apt reads its own sources better than we could, whichever of its two formats they are in
debian_mirrors() {
    # shellcheck disable=SC2016  # apt fills in $(REPO_URI)
    apt-get indextargets --format '$(REPO_URI)' \
        'Created-By: Packages' 'Origin: Debian' 'Label: Debian'
}

find_mirror() {
    MIRROR=${ZONERULES_MIRROR:-$(debian_mirrors | head -n 1)}
    if [ -z "$MIRROR" ]; then  # apt knows the origin only of lists it has fetched
        apt-get update -qq
        MIRROR=$(debian_mirrors | head -n 1)
    fi
    case $MIRROR in
        http://* | https://*) ;;
        '') stop "no Debian mirror in this machine's apt sources: name one in ZONERULES_MIRROR" ;;
        *) stop "$MIRROR cannot be reached from inside a host: name another in ZONERULES_MIRROR" ;;
    esac
}

# The keys that sign a suite. A host's own keyring came with packages that an older keyring had
# vouched for, and knows keys that were made after this machine's release.
find_keyring() {
    KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
    newer=$HOSTS/trixie$KEYRING
    [ "$1" = trixie ] || [ ! -e "$newer" ] || KEYRING=$newer
}

# how this machine reaches a mirror: proxies and the like. Nothing here touches signatures.
apt_settings() {
    apt-config dump Acquire |
        grep -E '^Acquire::(https?::|Retries |ForceIPv[46] |Check-Valid-Until |Check-Date )' |
        grep -vEi '(auto-?detect|CaInfo|CaPath|SslCert|SslKey)' || true
    echo "Acquire::https::CaInfo \"$CERTIFICATES\";"
}

# --- a host -----------------------------------------------------------------------------------

# Run a command in a host. What is mounted is seen by that command alone and ends with it, however
# it ends: nothing stays behind that `rm -r` could follow into the machine.
in_host() {
    root=$HOSTS/$1
    shift
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY \
        PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_TRUSTED_HOST PIP_DEFAULT_TIMEOUT; do
        if setting=$(printenv "$name"); then set -- "$name=$setting" "$@"; fi
    done
    set -- PIP_CERT=$CERTIFICATES PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore "$@"
    set -- HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
    set -- PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
    # shellcheck disable=SC2016  # for the inner shell
    unshare --mount --pid --fork --kill-child sh -euc '
        mount -t proc proc "$1/proc"
        mount -t tmpfs tmpfs "$1/dev/shm"
        root=$1
        shift
        exec chroot "$root" /usr/bin/env -i "$@"
    ' sh "$root" "$@"
}

# as a host sees the network: this machine's, which may have changed since the host was made
copy_network() {
    root=$HOSTS/$1
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf; do
        [ ! -f $file ] || cp -L $file "$root$file"
    done
    mkdir -p "$root${CERTIFICATES%/*}"
    [ ! -f $CERTIFICATES ] || cp -L $CERTIFICATES "$root$CERTIFICATES"
}

# An empty folder, or one that we made: anything else is somebody's, and stays.
clear_host() {
    root=$HOSTS/$1
    if [ -e "$root" ] && [ ! -f "$root/.zonerules-host" ]; then
        rmdir "$root" 2>/dev/null || stop "$root was not made by hosts.sh: choose another --cache"
    fi
    rm -rf "$root"
    mkdir -p "$root"
    : >"$root/.zonerules-host"
}

make_base() {
    say "$1: the base system"
    apt_install debootstrap debian-archive-keyring
    find_mirror
    find_keyring "$1"
    clear_host "$1"
    echo "from $MIRROR, signed by a key in $KEYRING"
    # debootstrap knows nothing of apt's settings
    eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
    export http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}"
    root=$HOSTS/$1
    # --force-check-gpg: without it a missing keyring is passed over in silence
    debootstrap --variant=minbase --force-check-gpg --keyring="$KEYRING" \
        "$1" "$root" "$MIRROR" >"$HOSTS/$1.log" 2>&1 ||
        { tail -n 20 "$HOSTS/$1.log" >&2; stop "debootstrap failed, see $HOSTS/$1.log"; }
    # no daemons, no manuals, and no fsync after every file of a folder that can be made again
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
    printf '%s\n' force-unsafe-io 'path-exclude=/usr/share/man/*' 'path-exclude=/usr/share/doc/*' \
        >"$root/etc/dpkg/dpkg.cfg.d/zonerules"
}

install_packages() {  # install_packages SUITE PACKAGES MODULES
    say "$1: QGIS and what the tests need"
    apt_settings >"$HOSTS/$1/etc/apt/apt.conf.d/90machine"
    echo "apt settings of this machine that hold in the host:"
    sed 's/^/  /' "$HOSTS/$1/etc/apt/apt.conf.d/90machine"
    # shellcheck disable=SC2016  # for the inner shell
    in_host "$1" sh -euc '
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends "$@"
        apt-get clean
        rm -rf /var/lib/apt/lists/*
    ' sh $2 >>"$HOSTS/$1.log" 2>&1 ||
        { tail -n 20 "$HOSTS/$1.log" >&2; stop "apt failed, see $HOSTS/$1.log"; }
    copy_network "$1"  # ca-certificates has just written its own
    venv=$HOSTS/$1$VENV
    rm -rf "$venv"
    in_host "$1" python3 -m venv --system-site-packages $VENV
    in_host "$1" $VENV/bin/pip install -q --no-cache-dir $3
    for site in "$venv"/lib/python3*/site-packages; do
        echo "${TREE%/*}" >"$site/tree.pth"
    done
    # Debian's pyproj looks for its data beside the Python that runs it
    mkdir "$venv/share"
    ln -s /usr/share/proj "$venv/share/proj"
}

make_host() {
    packages=$PACKAGES
    modules=$MODULES_all
    case $1 in
        sid) packages="$packages $PACKAGES_sid" ;;
        trixie) modules="$modules $MODULES_trixie" ;;
    esac
    root=$HOSTS/$1
    mark=$root/.zonerules-host
    wanted=$(printf '%s\n' $packages $modules)
    if [ -z "$REBUILD" ] && [ -s "$mark" ] && [ "$(cat "$mark")" = "$wanted" ]; then
        echo "using $root"
        copy_network "$1"
        return 0
    fi
    began=$(date +%s)
    if [ -n "$REBUILD" ] || [ ! -s "$mark" ]; then make_base "$1"; fi
    copy_network "$1"
    install_packages "$1" "$packages" "$modules"
    printf '%s\n' "$wanted" >"$mark"
    echo "$root: $(du -shx "$root" | cut -f 1), made in $(($(date +%s) - began)) s"
}

# --- the tests --------------------------------------------------------------------------------

copy_tree() {
    root=$HOSTS/$1
    rm -rf "$root$TREE" "$root$SHOTS"
    mkdir -p "$root$TREE"
    if [ -n "$COMMIT" ]; then
        git archive -o "$root/srv/tree.tar" "$COMMIT"
    else  # a tracked file may be missing just now
        git ls-files -z |
            tar --null -T - --ignore-failed-read -cf "$root/srv/tree.tar" 2>/dev/null
    fi
    tar -xf "$root/srv/tree.tar" --no-same-owner -C "$root$TREE"
    rm "$root/srv/tree.tar"
    # make_zip.py asks git what is tracked
    in_host "$1" sh -euc "cd $TREE && git -c init.defaultBranch=main init -q && git add -f ." \
        2>/dev/null
    in_host "$1" $VENV/bin/python $TREE/packaging/compile_first.py
}

# the settings of a QGIS without a window
OFFSCREEN="QGIS_PREFIX_PATH=/usr QT_QPA_PLATFORM=offscreen"
ASK_VERSIONS='
import platform
from qgis.core import Qgis
from qgis.PyQt.QtCore import QT_VERSION_STR
print("QGIS", Qgis.version(), "Python", platform.python_version(), "Qt", QT_VERSION_STR)
'

run_qgis() {
    case $VERSIONS in *"Qt 6"*) api=pyqt6 ;; *) api=pyqt5 ;; esac
    in_host "$1" $OFFSCREEN PYTEST_QT_API=$api $VENV/bin/python -m pytest -q $TREE/tests/qgis
}

run_e2e() {
    echo "pictures will be in $HOSTS/$1$SHOTS"
    # these tests start QGIS themselves, each on an X server of its own
    in_host "$1" ZONERULES_SHOTS=$SHOTS \
        $VENV/bin/python -m pytest -q -p no:pytest_qgis -p no:pytest-qt $TREE/tests/e2e
}

# attempt SUITE WHAT FUNCTION…: a line for the summary, and $result is ok or FAILED. In a subshell
# of its own, because `set -e` does not reach into a function that an `if` calls.
attempt() {
    label="$1 $2"
    shift 2
    say "$label"
    began=$(date +%s)
    set +e
    (set -e; "$@")
    result=$?
    set -e
    if [ $result -eq 0 ]; then result=ok; else result=FAILED bad=1; fi
    summary="$summary
$(printf '%5s s  %-6s  %s' "$(($(date +%s) - began))" $result "$label")"
}

run_suite() {
    mkdir -p "$HOSTS"
    exec 9>"$HOSTS/$1.lock"
    if ! flock -n 9; then
        attempt "$1" "another run is using it" false
        return 0
    fi
    attempt "$1" "the host" make_host "$1"
    [ $result = ok ] || return 0
    attempt "$1" "a copy of the tree, its catalogue compiled" copy_tree "$1"
    [ $result = ok ] || return 0
    VERSIONS=$(in_host "$1" $OFFSCREEN $VENV/bin/python -c "$ASK_VERSIONS" 2>/dev/null) ||
        VERSIONS="QGIS cannot be imported"
    for step in $STEPS; do
        case $step in
            qgis) attempt "$1" "tests inside QGIS: $VERSIONS" run_qgis "$1" ;;
            e2e) attempt "$1" "the zip in a real window: $VERSIONS" run_e2e "$1" ;;
        esac
    done
}

run_all() {
    summary=
    bad=0
    for suite in $SUITES; do
        run_suite "$suite"
    done
    say "Summary$summary"
    [ $bad -eq 0 ] || stop "something failed, see above"
}

# in the copy that was tested last, so that `python -m pytest tests/qgis` means that one
run_shell() {
    suite=$1
    shift
    [ -s "$HOSTS/$suite/.zonerules-host" ] || stop "no host $suite yet: run hosts.sh --suite $suite"
    # shellcheck disable=SC2016  # for the inner shell
    in_host "$suite" $OFFSCREEN sh -c 'cd "$1"; shift; exec "$@"' sh $TREE "$@"
}

SHELL_IN=
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit ;;
        --rebuild) REBUILD=yes; shift; continue ;;
        --suite | --only | --commit | --cache | --shell) [ $# -gt 1 ] || stop "$1 what?" ;;
        *) usage >&2; stop "unknown option '$1'" ;;
    esac
    case $1 in
        --suite) one_of "$2" $SUITES; SUITES=$2 ;;
        --only) one_of "$2" $STEPS; STEPS=$2 ;;
        --commit) COMMIT=$2 ;;
        --cache) mkdir -p "$2"; HOSTS=$(cd "$2" && pwd) ;;
        --shell) one_of "$2" $SUITES; SHELL_IN=$2 ;;
    esac
    shift 2
    [ -z "$SHELL_IN" ] || break
done
cd "$REPOSITORY"
# others may commit while a suite is tested; the next gets the same
[ -z "$COMMIT" ] || COMMIT=$(git rev-parse --verify "$COMMIT^{commit}")
[ "$(id -u)" -eq 0 ] || stop "needs root, to make a host and to enter it"
command -v apt-get >/dev/null || stop "needs a Debian machine: no apt-get here"
unshare --mount --pid --fork true 2>/dev/null || stop "this machine lets nobody mount: no host here"
if [ -n "$SHELL_IN" ]; then
    [ $# -gt 0 ] || set -- bash
    run_shell "$SHELL_IN" "$@"
else
    run_all
fi
