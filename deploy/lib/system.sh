# Sourced by deploy/bin/install: which of the system's packages are missing, and how to get them.
# shellcheck shell=bash disable=SC2154

# usable_python CANDIDATE: new enough, and able to make a virtual environment (Debian packs that separately).
usable_python() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# find_python: prints the first usable interpreter; fails when there is none. $PYTHON, when set, is the only candidate.
find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if usable_python "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# release_field NAME: a field of os-release, such as ID (debian, ubuntu) or VERSION_ID; empty when unknown.
release_field() { (. /etc/os-release 2>/dev/null && printf '%s' "${!1:-}") || true; }

python_packages() {
    if [[ "$(release_field ID) $(release_field VERSION_ID)" == "ubuntu 22.04" ]]; then
        echo python3.11 python3.11-venv # its python3 is 3.10
    else
        echo python3 python3-venv
    fi
}

has_postgresql_server() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

find_chromium() {
    local candidate
    for candidate in ${CHROMIUM:-chromium google-chrome-stable}; do
        command -v "$candidate" && return
    done
    return 1
}

# find_java: prints the folder of a JDK for the OpenSearch node, 17 or newer; fails when there is none. 17 and 21 are
# what OpenSearch 2.19 is made for, so they come first. $JAVA_HOME, when set, is the only candidate.
find_java() {
    local candidate version
    for candidate in ${JAVA_HOME:-/usr/lib/jvm/*-17-* /usr/lib/jvm/*-21-* /usr/lib/jvm/*}; do
        [[ -x "$candidate/bin/javac" && -r "$candidate/release" ]] || continue
        version="$(. "$candidate/release" && printf '%s' "${JAVA_VERSION%%.*}")"
        [[ "$version" =~ ^[0-9]+$ ]] && ((version >= 17)) && echo "$candidate" && return
    done
    return 1
}

jdk_packages() {
    if [[ "$(release_field ID) $(release_field VERSION_ID)" == "ubuntu 22.04" ]]; then
        echo openjdk-17-jdk-headless # its default is 11
    else
        echo default-jdk-headless
    fi
}

has_nginx() { [[ -x /usr/sbin/nginx ]] || command -v nginx >/dev/null; }

# missing_packages: Debian names of what the portal needs and the machine lacks.
missing_packages() {
    find_python >/dev/null || python_packages
    command -v pdftoppm >/dev/null || echo poppler-utils
}

# missing_dev_packages: the same for what only checks and tests need. Ubuntu has Chromium only as a snap, which
# apt-get cannot bring; require_chromium tells what to do there.
missing_dev_packages() {
    command -v git >/dev/null || echo git
    command -v redis-server >/dev/null || echo redis-server
    has_postgresql_server || echo postgresql
    find_java >/dev/null || jdk_packages
    command -v mvn >/dev/null || echo maven
    has_nginx || echo nginx
    [[ "$(release_field ID)" == ubuntu ]] || find_chromium >/dev/null || echo chromium
}

require_chromium() {
    find_chromium >/dev/null && return
    stop_with "$exit_missing" "the browser tests need Chromium, which this system's apt-get does not bring: install one \
(on Ubuntu: snap install chromium) and, where it is not found as 'chromium', set CHROMIUM=/path/to/it"
}

# apt_get ARGUMENTS: as root, or as one who may become root without being asked for a password.
apt_get() {
    local as_root=()
    ((EUID == 0)) || as_root=(sudo -n)
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@" >&2
}

can_install_packages() {
    command -v apt-get >/dev/null && { ((EUID == 0)) || sudo -n true 2>/dev/null; }
}

# install_packages NAME…: installs them, or says the line to run and ends.
install_packages() {
    if ! can_install_packages; then
        stop_with "$exit_missing" "missing from this system; please run, then start again:
    sudo apt-get update && sudo apt-get install --yes --no-install-recommends $*"
    fi
    say "installing from the system's packages: $*"
    apt_get update
    apt_get install --yes --no-install-recommends "$@"
}
