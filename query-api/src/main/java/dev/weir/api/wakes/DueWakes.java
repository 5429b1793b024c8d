package dev.weir.api.wakes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Call;
import dev.weir.schemas.WakeState;
import java.util.List;

/** Where wakes that are due are found: here, and on the servers that hold the other partitions. */
public interface DueWakes {
    /** Those of the partitions on this server. */
    List<WakeState> here(String tenant, int limit);

    /** Answers of the other servers to {@code GET} of this path; one that does not answer is left out. */
    List<JsonNode> elsewhere(Call call, String path);
}
