# Sourced by deploy/bin/demo: the three servers of a demonstration, which run on $port and the two ports after it,
# and the worker and the follower, which listen nowhere.
# shellcheck shell=bash disable=SC2154

readonly names=(portal desk provider worker follower)
servers=() # their process ids, in the order of $names

# require_free_ports: asked before the long work, not after it.
require_free_ports() {
    local wanted
    for wanted in "$port" $((port + 1)) $((port + 2)); do
        "$root/.venv/bin/python" "$root/deploy/lib/local_port.py" free "$wanted" ||
            stop_with "$exit_port_taken" "port $wanted on 127.0.0.1 is in use; choose another with --port"
    done
}

# start NAME COMMAND…: in the background, with a log of its own.
start() {
    local log="$demo/$1.log"
    shift
    "$@" >"$log" 2>&1 8>&- &
    servers+=("$!")
}

start_servers() {
    local python="$root/.venv/bin/python"
    local gunicorn=("$python" -m gunicorn --config deploy/gunicorn.conf.py)
    start portal env ARCHIVE_BIND="127.0.0.1:$port" ARCHIVE_WORKERS=2 "${gunicorn[@]}" 'portal.wsgi:create()'
    start desk env ARCHIVE_BIND="127.0.0.1:$((port + 1))" ARCHIVE_WORKERS=1 "${gunicorn[@]}" 'portal.desk.wsgi:create()'
    start provider "$root/.venv/bin/archive-portal" demo-provider --port $((port + 2))
    start worker "$root/.venv/bin/archive-portal" worker --interval 2
    start follower "$root/.venv/bin/archive-indexer" follow --interval 2
}

# wait_for_servers: returns when all that listen answer; ends the command when one does not.
wait_for_servers() {
    local index
    for index in 0 1 2; do
        "$root/.venv/bin/python" deploy/lib/local_port.py ready "http://127.0.0.1:$((port + index))/readyz" 60 \
            "${servers[index]}" || give_up "${names[index]}" "did not start"
    done
}

# show_ended_server: one has ended by itself, and the demonstration with it.
show_ended_server() {
    local index
    for index in "${!names[@]}"; do
        kill -0 "${servers[index]}" 2>/dev/null || give_up "${names[index]}" "ended by itself"
    done
}

# give_up NAME WHAT: with the end of that server's log.
give_up() {
    tail -n 30 "$demo/$1.log" >&2
    stop_with "$exit_failed" "the $1 $2; its log is $demo/$1.log"
}

# stop_servers: gunicorn ends at once by SIGINT, for there is nobody here whose request would have to be waited for. The
# others were started in the background and so do not hear SIGINT.
stop_servers() {
    local index
    for index in "${!servers[@]}"; do
        if [[ " provider worker follower " == *" ${names[index]} "* ]]; then
            kill -TERM "${servers[index]}" 2>/dev/null || true
        else
            kill -INT "${servers[index]}" 2>/dev/null || true
        fi
    done
    ((${#servers[@]} == 0)) || wait "${servers[@]}" 2>/dev/null || true
    servers=()
}

show_addresses() {
    cat <<TEXT

    portal   http://127.0.0.1:$port/
    desk     http://127.0.0.1:$((port + 1))/
    sign-in  http://127.0.0.1:$((port + 2))/

    Readers sign in at "VNeID (thử nghiệm)" as one of its made-up people; nothing is asked of them.
    The codes that the portal sends are in the mailbox: http://127.0.0.1:$((port + 2))/hop-thu
    Staff sign in at the desk with the one-time passwords of $demo/archive/staff-passwords

TEXT
    say "Ctrl-C stops it; the logs are $demo/{portal,desk,provider,worker,follower}.log"
}
