import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;

/**
 * One OpenSearch node on 127.0.0.1, without TLS and passwords: for development and tests.
 *
 * <p>Arguments: the folder of the cluster, the number of this node (from 1), its HTTP port, and the transport ports of
 * all nodes of the cluster in order. With one transport port the node is a cluster by itself.
 */
public final class OpenSearchNode extends Node {

    private static final String HOST = "127.0.0.1";

    private static final List<String> PLUGINS = List.of(
        "org.opensearch.analysis.common.CommonAnalysisPlugin",
        "org.opensearch.index.mapper.MapperExtrasPlugin",
        "org.opensearch.index.rankeval.RankEvalPlugin",
        "org.opensearch.index.reindex.ReindexPlugin",
        "org.opensearch.painless.PainlessPlugin",
        "org.opensearch.transport.Netty4Plugin");

    private OpenSearchNode(Environment environment, Collection<Class<? extends Plugin>> plugins) {
        super(environment, plugins, true);
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Path folder = Path.of(arguments[0]).toAbsolutePath();
            int ordinal = Integer.parseInt(arguments[1]);
            List<String> transportPorts = Arrays.asList(arguments).subList(3, arguments.length);
            run(settings(folder, ordinal, arguments[2], transportPorts));
        } catch (Exception error) {
            System.out.println("the node did not start: " + error);
            System.exit(1); // threads of a node that came up half would keep the process
        }
        new CountDownLatch(1).await();
    }

    private static void run(Settings settings) throws Exception {
        LogConfigurator.configureWithoutConfig(settings); // to standard output
        Environment environment = InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "");
        Node node = new OpenSearchNode(environment, plugins());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        System.out.printf(
            "%s is up: pid %d, http %s:%s%n",
            settings.get("node.name"), ProcessHandle.current().pid(), HOST, settings.get("http.port"));
    }

    /** A class that is missing ends the start: a node without it would fail later, and less clearly. */
    private static Collection<Class<? extends Plugin>> plugins() throws ClassNotFoundException {
        List<Class<? extends Plugin>> classes = new ArrayList<>();
        for (String name : PLUGINS) {
            classes.add(Class.forName(name).asSubclass(Plugin.class));
        }
        return classes;
    }

    private static Settings settings(Path folder, int ordinal, String httpPort, List<String> transportPorts)
        throws IOException {
        String name = "node-" + ordinal;
        Path home = Files.createDirectories(folder.resolve(name));
        for (String needed : List.of("config", "modules", "plugins")) {
            Files.createDirectories(home.resolve(needed));
        }
        Settings.Builder settings = Settings.builder()
            .put("path.home", home)
            .put("path.data", home.resolve("data"))
            .put("path.repo", folder.resolve("snapshots"))
            .put("cluster.name", "archive")
            .put("node.name", name)
            .putList("node.roles", "cluster_manager", "data", "ingest")
            .put("network.host", HOST)
            .put("http.port", httpPort) // exactly this one, or none
            .put("transport.port", transportPorts.get(ordinal - 1))
            .put("cluster.routing.allocation.disk.threshold_enabled", false) // a full disk of a developer is no reason
            .put("action.auto_create_index", false) // a misspelt name is an error, not a new index
            .put("action.destructive_requires_name", true)
            .put("search.default_allow_partial_results", false) // an answer is whole, or it is an error
            .put("indices.query.bool.max_clause_count", 4096)
            .put("logger.level", "WARN");
        if (transportPorts.size() == 1) {
            return settings.put("discovery.type", "single-node").build();
        }
        return settings
            .putList("discovery.seed_hosts", transportPorts.stream().map(port -> HOST + ":" + port).toList())
            .putList(
                "cluster.initial_cluster_manager_nodes",
                IntStream.rangeClosed(1, transportPorts.size()).mapToObj(number -> "node-" + number).toList())
            .build();
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (IOException error) {
            System.out.println("the node did not close in order: " + error);
        }
    }

    /** Nothing outside of the node asks under which ids it runs. */
    @Override
    protected void configureNodeAndClusterIdStateListener(org.opensearch.cluster.service.ClusterService service) {}
}
