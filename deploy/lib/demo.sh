# Sourced by deploy/bin/demo: the demo archive in the folder $demo and the settings that point at it.
# shellcheck shell=bash disable=SC2154

readonly rows_refused=3 # archive-indexer's exit code when all is done, but some rows were not fit to be indexed
readonly demo_mark=.made-by-demo

# find_real_documents: prints the folder with the two real documents that the demo adds when it is there.
find_real_documents() {
    local folder="${ARCHIVE_REAL_DOCUMENTS:-$root/../shared/data/real}"
    if [[ -d "$folder" ]]; then
        (cd "$folder" && pwd -P)
    elif [[ "${ARCHIVE_REAL_DOCUMENTS:-}" ]]; then
        stop_with "$exit_failed" "ARCHIVE_REAL_DOCUMENTS is not a folder: $folder"
    fi
}

# use_demo_settings: the demo's own settings and no others. Settings of a real archive that happen to be in the
# environment must not reach a command that fills a database.
use_demo_settings() {
    unset "${!ARCHIVE_@}"
    export ARCHIVE_SETTINGS=/dev/null # no archive.toml of this folder either
    export ARCHIVE_DEMO=true
    export ARCHIVE_DATABASE_URL="sqlite:///$demo/archive/archive.db"
    export ARCHIVE_REGISTER_URL="sqlite:///$demo/archive/register.db"
    export ARCHIVE_INDEX_DIR="$demo/archive/index"
    export ARCHIVE_PAGES_DIR="$demo/archive/pages"
    export ARCHIVE_REPORTS_DIR="$demo/archive/reports"
    export ARCHIVE_STATE_DIR="$demo/archive/state"
    export ARCHIVE_ACCESS_LOG_DIR="$demo/archive/access-log"
    export ARCHIVE_CACHE_DIR="$demo/archive/cache"
    export ARCHIVE_TRUSTED_HOSTS='["127.0.0.1", "localhost"]'
    export ARCHIVE_BASE_URL="http://127.0.0.1:$port"
    export ARCHIVE_DESK_URL="http://127.0.0.1:$((port + 1))"
    export ARCHIVE_STORE_URL="sqlite:///$demo/archive/portal.db"
    export ARCHIVE_DEMO_MAIL_DIR="$demo/archive/mail"
    export ARCHIVE_ATTACHMENTS_DIR="$demo/archive/attachments"
    ARCHIVE_SECRET_KEY="$(demo_secret_key)"
    export ARCHIVE_SECRET_KEY
    ARCHIVE_IDENTITY_PROVIDERS="$("$root/.venv/bin/archive-portal" demo-provider --port $((port + 2)) --print-profile)"
    export ARCHIVE_IDENTITY_PROVIDERS
}

# demo_secret_key: made once for each demo, so that a restart keeps sessions.
demo_secret_key() {
    local file="$demo/secret-key"
    if [[ ! -s "$file" ]]; then
        (umask 077 && "$root/.venv/bin/python" -c 'import secrets; print(secrets.token_urlsafe(48))' >"$file")
    fi
    cat "$file"
}

# demo_parameters: everything that decides what the built demo holds, the code that builds it included.
demo_parameters() {
    local code
    code="$(cd "$root" && find access_policy indexer -name '*.py' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)"
    # The lists of the archive open and close on days around the one it was built on.
    printf 'pages=%s seed=%s documents=%s code=%s root=%s day=%s\n' "$pages" "$seed" "$real_documents" "${code%% *}" "$root" \
        "$(TZ=Asia/Ho_Chi_Minh date +%F)"
}

# remove_old_demo: only what this command made; --folder may name a place where something else is called archive.
remove_old_demo() {
    [[ ! -e "$demo/archive" || -e "$demo/archive/$demo_mark" ]] ||
        stop_with "$exit_failed" "$demo/archive was not made by this command and is left alone; choose another --folder"
    rm -rf "$demo/archive"
}

# build_demo: the archive and its index; the stamp is written last, so that an interrupted build is begun again.
build_demo() {
    local parameters
    parameters="$(demo_parameters)"
    if [[ -z "$fresh" && -r "$demo/archive/built" && "$(<"$demo/archive/built")" == "$parameters" ]]; then
        say "using the demo archive built before (--fresh builds it anew)"
        return
    fi
    remove_old_demo
    mkdir -p "$demo/archive"
    touch "$demo/archive/$demo_mark"
    say "building a demo archive of $pages pages (seed $seed)"
    "$root/.venv/bin/archive-indexer" demo-archive --pages "$pages" --seed "$seed" \
        ${real_documents:+--real-documents "$real_documents"} >&2 ||
        stop_with "$exit_failed" "the demo archive could not be built"
    "$root/.venv/bin/archive-indexer" rebuild >&2 || (($? == rows_refused)) ||
        stop_with "$exit_failed" "the index of the demo archive could not be built"
    add_staff
    printf '%s\n' "$parameters" >"$demo/archive/built"
}

# add_staff: the portal's tables, and in them one member of staff for each role, called like the role.
add_staff() {
    local command="$root/.venv/bin/archive-portal" role name
    "$command" store migrate >&2 || stop_with "$exit_failed" "the portal's tables could not be made"
    while read -r role name; do
        "$command" staff add "$role" --name "$name" --role "$role" || exit "$exit_failed"
    done <<'TEXT' | (umask 077 && tee "$demo/archive/staff-passwords" >&2) ||
archivist Lưu trữ viên (trình diễn)
head Lãnh đạo lưu trữ (trình diễn)
policy-officer Cán bộ chính sách (trình diễn)
auditor Kiểm tra viên (trình diễn)
administrator Quản trị viên (trình diễn)
TEXT
        stop_with "$exit_failed" "the accounts of the staff could not be made"
}
