# Sourced by deploy/bin/install: the virtual environment .venv, filled from the lock files alone, and the npm packages of
# the identity provider that the acceptance tests sign in with.
# shellcheck shell=bash disable=SC2154

readonly environment="$root/.venv"
readonly stamp="$environment/.installed"
readonly node_project="$root/tests/servers/oidc_provider" # its node_modules is no part of the project
readonly node_stamp="$node_project/node_modules/.installed"

# stamp_for SET: what the stamp must hold for SET (runtime or dev) to be complete: where the environment stands (its
# commands carry that path) and a digest of everything that decides what is in it.
stamp_for() {
    local digest
    digest="$(cd "$root" && sha256sum pyproject.toml requirements.txt requirements-dev.txt deploy/requirements-build.txt \
        deploy/lib/environment.sh | sha256sum | cut -d' ' -f1)"
    printf '%s %s %s\n' "$1" "$digest" "$root"
}

# environment_is_complete SET: the development set holds all of the run-time set.
environment_is_complete() {
    [[ -r "$stamp" && -x "$environment/bin/python" ]] || return 1
    local found
    found="$(<"$stamp")"
    [[ "$found" == "$(stamp_for dev)" || "$found" == "$(stamp_for "$1")" ]]
}

# make_environment: keeps a working one, whose packages pip then only brings up to date; else makes it anew.
make_environment() {
    local made_here=""
    [[ -r "$environment/bin/activate" ]] && grep -qF "$environment" "$environment/bin/activate" && made_here=yes
    if [[ "$made_here" ]] && usable_python "$environment/bin/python"; then
        "$environment/bin/python" -m pip --version >/dev/null 2>&1 || "$environment/bin/python" -m ensurepip >/dev/null
    else
        say "making the environment .venv with $(find_python)"
        "$(find_python)" -m venv --clear "$environment"
    fi
}

pip_install() {
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --root-user-action ignore "$@" >&2
}

# install_locked FILE [PIP ARGUMENTS]: exactly what the lock file names, each checked by its hash, wheels only: an
# archive built here would run code, and fetch build tools, that no hash covers.
install_locked() {
    local lock="$1"
    shift
    pip_install --require-hashes --only-binary :all: --requirement "$root/$lock" "$@"
}

# install_project: the project itself, editable. Its build tools are locked too and live only for this step.
install_project() {
    local tools="$environment/.build-tools"
    rm -rf "$tools"
    install_locked deploy/requirements-build.txt --target "$tools"
    PYTHONPATH="$tools" pip_install --no-index --no-deps --no-build-isolation --editable "$root"
    rm -rf "$tools"
}

# fill_environment SET: brings .venv to the state that the lock files describe; the stamp is written last. Where the
# development set was once asked for, it is kept up to date.
fill_environment() {
    local packages="$1"
    [[ -r "$stamp" && "$(<"$stamp")" == "dev "* ]] && packages=dev
    rm -f "$stamp"
    make_environment
    say "installing the $packages packages into .venv"
    if [[ "$packages" == dev ]]; then install_locked requirements-dev.txt; else install_locked requirements.txt; fi
    install_project
    stamp_for "$packages" >"$stamp"
}

# node_packages_digest: what decides what is in node_modules.
node_packages_digest() { (cd "$node_project" && sha256sum package.json package-lock.json); }

node_packages_are_complete() { [[ -r "$node_stamp" && "$(<"$node_stamp")" == "$(node_packages_digest)" ]]; }

# fill_node_packages: exactly what the lock file names, each checked by its hash; nothing of a package runs while it is
# installed. Node and npm come with the development packages of .venv. The stamp is written last.
fill_node_packages() {
    say "installing the npm packages of the acceptance tests"
    PATH="$environment/bin:$PATH" npm ci --prefix "$node_project" --ignore-scripts --no-audit --no-fund \
        --no-update-notifier --loglevel=error >&2
    node_packages_digest >"$node_stamp"
}
