package dev.weir.settings;

import java.util.Locale;

/**
 * One setting: its dotted name, its default as a user would type it, its unit, and what it does.
 *
 * <p>The environment variable is the name in capitals with underscores: {@code weir.http.port} is {@code WEIR_HTTP_PORT}.
 * docs/settings.md lists all of them and a test holds that page to the constants.
 */
public record Setting(String name, String defaultValue, String unit, String about) {

    public String variable() {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
