package dev.weir.api.runs;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.topology.RunView;

/** The template that a path names. */
public final class TemplateId {
    private TemplateId() {}

    public static int of(Call call) {
        return parse(call.run(), call.path("id"));
    }

    public static int parse(String run, String given) {
        try {
            return Integer.parseUnsignedInt(given);
        } catch (NumberFormatException unreadable) {
            throw absent(run, given);
        }
    }

    public static RunView.Template find(RunView view, int id) {
        return view.templates().stream()
                .filter(template -> template.id() == id)
                .findFirst()
                .orElseThrow(() -> absent(view.run(), Integer.toString(id)));
    }

    private static Problem absent(String run, String id) {
        String shown = id.matches("[0-9]{1,10}") ? " " + id : "";
        return new Problem(
                        404,
                        "template-not-found",
                        "The run has no template" + shown + ": see its snapshot for those it has")
                .of(run);
    }
}
