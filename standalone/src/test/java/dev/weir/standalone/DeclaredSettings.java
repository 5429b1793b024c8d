package dev.weir.standalone;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.weir.settings.Setting;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;

/** Every setting of every module, found where it is declared, so that none can be left out of a list. */
final class DeclaredSettings {
    static final JavaClasses WEIR =
            new ClassFileImporter(java.util.List.of(new ImportOption.DoNotIncludeTests())).importPackages("dev.weir");

    private DeclaredSettings() {}

    static Map<String, Setting> byName() throws ReflectiveOperationException {
        Map<String, Setting> found = new TreeMap<>();
        for (JavaField field :
                WEIR.stream().flatMap(type -> type.getFields().stream()).toList()) {
            if (field.getRawType().isEquivalentTo(Setting.class)
                    && field.getModifiers().contains(JavaModifier.STATIC)) {
                Field constant = field.reflect();
                constant.setAccessible(true);
                Setting setting = (Setting) constant.get(null);
                Setting other = found.put(setting.name(), setting);
                if (other != null && !other.equals(setting)) {
                    throw new AssertionError(setting.name() + " is declared twice, differently");
                }
            }
        }
        return found;
    }
}
