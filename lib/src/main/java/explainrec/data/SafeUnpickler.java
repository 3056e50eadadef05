package explainrec.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads pickles that hold plain data only: a class or function that is not on the list is refused
 * when it is named, before anything is built or called.
 */
final class SafeUnpickler extends Unpickler {
  private static final Map<String, IObjectConstructor> ALLOWED =
      Map.of("collections.OrderedDict", SafeUnpickler::orderedDictionary);

  /** Says that a pickle names something that is not on the list. */
  static final class Refused extends PickleException {
    private static final long serialVersionUID = 1L;

    Refused(String name) {
      super(name);
    }
  }

  @Override
  protected Object dispatch(short opcode) throws PickleException, IOException {
    switch (opcode) {
      case Opcodes.GLOBAL -> {
        String module = PickleUtils.readline(input);
        String name = PickleUtils.readline(input);
        stack.add(allowed(module + "." + name));
        return NO_RETURN_VALUE;
      }
      case Opcodes.STACK_GLOBAL -> {
        Object name = stack.pop();
        Object module = stack.pop();
        stack.add(allowed(module + "." + name));
        return NO_RETURN_VALUE;
      }
      case Opcodes.INST -> {
        String module = PickleUtils.readline(input);
        throw new Refused(module + "." + PickleUtils.readline(input));
      }
      case Opcodes.EXT1, Opcodes.EXT2, Opcodes.EXT4 -> throw new Refused("an extension class");
      case Opcodes.OBJ -> throw new Refused("an old-style object");
      case Opcodes.PERSID, Opcodes.BINPERSID -> throw new Refused("a persistent object");
      default -> {
        return super.dispatch(opcode);
      }
    }
  }

  private static IObjectConstructor allowed(String name) {
    IObjectConstructor constructor = ALLOWED.get(name);
    if (constructor == null) {
      throw new Refused(name);
    }
    return constructor;
  }

  private static Object orderedDictionary(Object[] arguments) {
    if (arguments.length > 0) {
      throw new Refused("collections.OrderedDict with arguments");
    }
    return new LinkedHashMap<Object, Object>();
  }
}
