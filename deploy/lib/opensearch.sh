# Sourced by deploy/bin/opensearch: builds the node of deploy/opensearch, starts nodes, ends them, asks how they are.
# shellcheck shell=bash disable=SC2034,SC2154

readonly node_source="$root/deploy/opensearch"
readonly node_target="$node_source/target"
readonly node_arguments="$node_target/java.arguments"
readonly seconds_to_start=120 seconds_to_end=30

# require_java: sets $java_home; without a JDK or Maven nothing here can work.
require_java() {
    java_home="$(find_java)" ||
        stop_with "$exit_missing" "NO OPENSEARCH HERE: a JDK, 17 or newer, was not found; run deploy/bin/install --dev"
    command -v mvn >/dev/null ||
        stop_with "$exit_missing" "NO OPENSEARCH HERE: Maven (mvn) was not found; run deploy/bin/install --dev"
}

# node_stamp: what decides what a build gives; the class path names files below this folder.
node_stamp() {
    (cd "$node_source" && printf '%s\n' "$java_home" "$PWD" && find pom.xml src -type f -print0 | LC_ALL=C sort -z |
        xargs -0 sha256sum)
}

node_is_built() {
    [[ -r "$node_target/built" && -r "$node_arguments" && "$(<"$node_target/built")" == "$(node_stamp)" ]] || return 1
    local jar jars
    IFS=: read -ra jars <"$node_target/classpath"
    for jar in "${jars[@]}"; do
        [[ -r "$jar" ]] || return 1 # Maven's store was emptied
    done
}

# build_node: compiles the launcher and collects its jars, unless that is done. Leaves a file of arguments for `java`:
# what is the same for every node. The stamp is written last.
build_node() {
    local words class_path
    mkdir -p "$root/.var"
    exec 9>"$root/.var/opensearch-build.lock"
    flock 9 # tests start nodes in several processes
    if ! node_is_built; then
        say "building the node (Maven)"
        rm -rf "$node_target"
        words="$(JAVA_HOME="$java_home" mvn --quiet --batch-mode --file "$node_source/pom.xml" compile 2>&1 9>&-)" ||
            stop_with "$exit_failed" "the node could not be built: $words"
        class_path="$node_target/classes:$(<"$node_target/classpath")"
        printf '%s\n' -XX:+UseSerialGC -XX:-UsePerfData \
            -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Djna.nosys=true \
            -cp "\"$class_path\"" OpenSearchNode >"$node_arguments"
        node_stamp >"$node_target/built"
    fi
    exec 9>&-
}

# port_is_free PORT
port_is_free() { "$python" "$root/deploy/lib/local_port.py" free "$1"; }

# free_ports FROM COUNT: prints the first COUNT free ports from FROM up.
free_ports() {
    local candidate="$1" left="$2"
    while ((left > 0)); do
        ((candidate <= 65535)) || stop_with "$exit_failed" "no free transport port was found from $1 up"
        if port_is_free "$candidate"; then
            echo "$candidate"
            left=$((left - 1))
        fi
        candidate=$((candidate + 1))
    done
}

# running_nodes: the lines "PID PORT" of the nodes of $home that live. A number that another program got meanwhile is
# not ours: the folder has to stand in its command line.
running_nodes() {
    local pid http folder
    [[ -r "$home/nodes" ]] || return 0
    folder="$(<"$home/cluster")"
    while read -r pid http; do
        if { tr '\0' '\n' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -xF "$folder" >/dev/null; then
            echo "$pid $http"
        fi
    done <"$home/nodes"
}

# launch_nodes: starts $nodes nodes from port $port; their data is kept apart from that of a cluster of another size.
launch_nodes() {
    local folder="$home/cluster-of-$nodes" transport ordinal http
    mapfile -t transport < <(free_ports "$((port + 100))" "$nodes")
    ((${#transport[@]} == nodes)) || exit "$exit_failed"
    mkdir -p "$folder"
    echo "$folder" >"$home/cluster"
    : >"$home/nodes"
    for ((ordinal = 1; ordinal <= nodes; ordinal++)); do
        http=$((port + ordinal - 1))
        setsid "$java_home/bin/java" "-Xmx$heap" "@$node_arguments" "$folder" "$ordinal" "$http" "${transport[@]}" \
            >"$home/node-$ordinal.log" 2>&1 </dev/null 8>&- &
        echo "$! $http" >>"$home/nodes"
    done
}

# wait_for_nodes COUNT SECONDS: returns when all have found each other and every shard has a copy; fails when a node has
# ended or the time is over.
wait_for_nodes() {
    local pid http question="_cluster/health?wait_for_nodes=$1&wait_for_status=yellow&timeout=4s"
    while read -r pid http; do
        "$python" "$root/deploy/lib/local_port.py" ready "http://127.0.0.1:$http/$question" "$2" "$pid" || return 1
    done <"$home/nodes"
}

# end_nodes: asks them to end, and kills what does not within the time.
end_nodes() {
    local pids deadline=$((SECONDS + seconds_to_end))
    mapfile -t pids < <(running_nodes | cut -d' ' -f1)
    ((${#pids[@]} == 0)) || kill "${pids[@]}" 2>/dev/null || true
    while [[ "$(running_nodes)" ]] && ((SECONDS < deadline)); do
        sleep 0.1
    done
    mapfile -t pids < <(running_nodes | cut -d' ' -f1)
    ((${#pids[@]} == 0)) || kill -KILL "${pids[@]}" 2>/dev/null || true
    rm -f "$home/nodes" "$home/cluster"
}

# addresses_line: the setting that names the nodes which run, as one line for an environment file.
addresses_line() {
    local ports address=""
    mapfile -t ports < <(running_nodes | cut -d' ' -f2)
    printf -v address ', "http://127.0.0.1:%s"' "${ports[@]}"
    printf "ARCHIVE_OPENSEARCH_URLS='[%s]'\n" "${address#, }"
}
