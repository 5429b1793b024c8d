package dev.weir.api.http;

import java.util.List;

/**
 * One route: what it is called with, what it needs, who answers. {@code parameters} are the query parameters it knows;
 * any other is an error.
 */
public record Route(Method method, String path, Scope scope, List<String> parameters, Answer answer) {
    /** Stands for every parameter there may be: of a page, whose address is its own affair. */
    public static final String ANY_PARAMETER = "*";

    public Route {
        parameters = List.copyOf(parameters);
    }

    public enum Method {
        GET,
        POST,
        DELETE
    }

    /** Reads parameters, asks a port, writes the answer. */
    @FunctionalInterface
    public interface Answer {
        void to(Call call) throws Exception;
    }

    public static Route get(String path, Scope scope, List<String> parameters, Answer answer) {
        return new Route(Method.GET, path, scope, parameters, answer);
    }

    public static Route post(String path, Scope scope, List<String> parameters, Answer answer) {
        return new Route(Method.POST, path, scope, parameters, answer);
    }

    public static Route delete(String path, Scope scope, List<String> parameters, Answer answer) {
        return new Route(Method.DELETE, path, scope, parameters, answer);
    }
}
