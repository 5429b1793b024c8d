package dev.weir.api.mcp;

import dev.weir.mcp.WeirApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * This server's own API, asked as its caller would ask it: with the caller's key, through the same guards, and from there
 * to whichever server holds the run.
 */
record LoopbackApi(HttpClient client, URI server, Optional<String> authorization) implements WeirApi {
    @Override
    public Answer get(String path, Duration patience) {
        return send(request(path, patience).GET());
    }

    @Override
    public Answer post(String path, String body, Duration patience) {
        return send(request(path, patience)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, Duration patience) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(patience);
        authorization.ifPresent(given -> request.header("Authorization", given));
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException away) {
            throw new Away("The server does not answer its own questions in time: try again in some seconds");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Away("The server is stopping: try again in some seconds");
        }
    }
}
