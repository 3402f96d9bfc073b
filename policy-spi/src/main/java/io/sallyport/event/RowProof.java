package io.sallyport.event;

import java.util.List;
import java.util.Map;

/**
 * What shows that one row is in the trail that its realm signed.
 *
 * @param line the row with its place and salts, as an export has it
 * @param size how many rows the checkpoint is about
 * @param path the hashes beside the way from the row to the root, from the row upwards (RFC 6962 §2.1.1)
 * @param checkpoint a JWS of the realm
 */
public record RowProof(Map<String, Object> line, long size, List<String> path, String checkpoint) {

    public RowProof {
        line = Map.copyOf(line);
        path = List.copyOf(path);
    }
}
