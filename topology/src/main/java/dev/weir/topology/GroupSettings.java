package dev.weir.topology;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the group's servers cannot say themselves under the protocol {@code streams}, where the broker places the work. */
final class GroupSettings {
    private static final Logger LOG = LoggerFactory.getLogger(GroupSettings.class);
    private static final String STANDBYS = "streams.num.standby.replicas";

    private GroupSettings() {}

    static void apply(Admin admin, TopologySettings settings) {
        if (!settings.groupProtocol().equals("streams")) {
            return;
        }
        String standbys = Integer.toString(settings.standbys());
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.applicationId());
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(STANDBYS, standbys), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(group, List.of(set))).all().get();
        } catch (ExecutionException refused) {
            LOG.warn(
                    "The broker keeps its own number of standby copies: set {}={} of group {} there, why={}",
                    STANDBYS,
                    standbys,
                    settings.applicationId(),
                    String.valueOf(refused.getCause()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
