package dev.weir.api.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * What the protocol's servlet says, held back until it is known to be an answer: its errors are whole exceptions, with the
 * names of the server's classes, and become problems like all others.
 */
final class Said extends HttpServletResponseWrapper {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringWriter text = new StringWriter();
    private final PrintWriter writer = new PrintWriter(text);
    private int status = 200;
    private String contentType = Call.JSON;
    private String error = "";

    Said(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setStatus(int now) {
        status = now;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setContentType(String type) {
        contentType = type;
    }

    @Override
    public void setCharacterEncoding(String encoding) {
        // All of ours is UTF-8, which JSON is without saying so.
    }

    @Override
    public void sendError(int now) {
        status = now;
    }

    @Override
    public void sendError(int now, String message) {
        status = now;
        error = message;
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    /** Gives it to the caller. */
    void to(Call call) {
        writer.flush();
        if (status >= 400) {
            throw new Problem(status, "mcp-refused", detail());
        }
        call.status(status);
        if (!text.getBuffer().isEmpty()) {
            call.bytes(contentType, text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private String detail() {
        String said = error;
        try {
            said = JSON.readTree(text.toString()).path("message").asText(error);
        } catch (JsonProcessingException notJson) {
            said = text.toString();
        }
        return "The protocol was not kept" + (said.isBlank() ? "" : " (" + said + ")")
                + ": see docs/mcp.md for how to connect";
    }
}
