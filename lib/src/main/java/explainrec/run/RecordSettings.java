package explainrec.run;

import explainrec.data.InputException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads and changes records of settings by the names of their components. */
final class RecordSettings {
  private RecordSettings() {}

  /** The names a record of settings has, in order. */
  static List<String> keys(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** The values by name, in order. */
  static Map<String, Object> values(Record record) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        values.put(component.getName(), component.getAccessor().invoke(record));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("settings records must be public", e);
      }
    }
    return values;
  }

  /**
   * A copy with some values changed; keys that the record does not have are left alone.
   *
   * @throws InputException when a value is of the wrong kind or out of range
   */
  static <R extends Record> R with(R base, Map<String, String> changes) {
    RecordComponent[] components = base.getClass().getRecordComponents();
    Map<String, Object> values = values(base);
    Class<?>[] types = new Class<?>[components.length];
    for (int n = 0; n < components.length; n++) {
      types[n] = components[n].getType();
      String key = components[n].getName();
      if (changes.containsKey(key)) {
        values.put(key, parse(key, changes.get(key), types[n]));
      }
    }
    try {
      @SuppressWarnings("unchecked")
      R changed =
          (R) base.getClass().getDeclaredConstructor(types).newInstance(values.values().toArray());
      return changed;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InputException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("settings records must be public", e);
    }
  }

  private static Object parse(String key, String value, Class<?> type) {
    try {
      if (type == int.class) {
        return Integer.valueOf(value);
      }
      if (type == long.class) {
        return Long.valueOf(value);
      }
      if (type == double.class) {
        return Double.valueOf(value);
      }
    } catch (NumberFormatException e) {
      throw InputException.setting(
          key, value, type == double.class ? "a number" : "a whole number");
    }
    if (type == boolean.class) {
      if (!value.equals("true") && !value.equals("false")) {
        throw InputException.setting(key, value, "true | false");
      }
      return Boolean.valueOf(value);
    }
    return value;
  }

  /** Where a record differs from the paper's, a sentence each. */
  static List<String> deviations(Record settings, Record paper) {
    Map<String, Object> reference = values(paper);
    return values(settings).entrySet().stream()
        .filter(entry -> !entry.getValue().equals(reference.get(entry.getKey())))
        .map(
            entry ->
                entry.getKey()
                    + " = "
                    + entry.getValue()
                    + " (paper: "
                    + reference.get(entry.getKey())
                    + ")")
        .collect(Collectors.toList());
  }
}
