# Sourced by the commands of deploy/bin: exit codes and the few ways in which they speak.
# shellcheck shell=bash disable=SC2034

readonly exit_failed=1 exit_usage=2 exit_missing=3 exit_port_taken=4

command_name="$(basename "$0")"

# say TEXT: one line about progress, on standard error, so that standard output stays the command's answer.
say() { printf '%s: %s\n' "$command_name" "$1" >&2; }

# stop_with CODE TEXT: says why and ends the command.
stop_with() {
    say "$2"
    exit "$1"
}

# refuse_usage TEXT: the command was called wrongly.
refuse_usage() { stop_with "$exit_usage" "$1 (see $command_name --help)"; }

# number_or_refuse OPTION VALUE LEAST MOST: an option's value must be a whole number within limits.
number_or_refuse() {
    [[ "$2" =~ ^(0|[1-9][0-9]{0,8})$ ]] && (($2 >= $3 && $2 <= $4)) && return
    refuse_usage "$1 wants a whole number from $3 to $4, not '$2'"
}
