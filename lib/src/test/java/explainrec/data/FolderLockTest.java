package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class FolderLockTest {
  @TempDir Path folder;

  @Test
  void aThreadTakesALockThatItHoldsAlready() {
    assertEquals("done", holding(() -> holding(() -> "done")));
  }

  @Test
  @Timeout(60)
  void anotherThreadWaitsUntilTheWorkIsDone() throws InterruptedException {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Thread second = new Thread(() -> holding(() -> order.add("second")));
    holding(
        () -> {
          second.start();
          while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          return order.add("first");
        });
    second.join();
    assertEquals(List.of("first", "second"), order);
  }

  @Test
  void whatFailsLeavesNoLockBehind() throws InterruptedException {
    assertThrows(
        InputException.class,
        () ->
            holding(
                () -> {
                  throw new InputException("no tea left");
                }));
    List<String> done = new ArrayList<>();
    Thread other = new Thread(() -> holding(() -> done.add("done")));
    other.start();
    other.join();
    assertEquals(List.of("done"), done);
  }

  @Test
  @Timeout(60)
  void anotherProcessIsWaitedForAndItsEndFreesTheLock() throws IOException {
    Path held = folder.resolve("held");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                Holder.class.getName(),
                folder.toString(),
                held.toString())
            .inheritIO()
            .start();
    try {
      while (!Files.exists(held)) {
        assertTrue(other.isAlive());
        Thread.onSpinWait();
      }
      List<String> said = new ArrayList<>();
      Consumer<String> ears =
          line -> {
            said.add(line);
            other.destroyForcibly(); // no farewell: the system has to notice
          };
      assertEquals("done", FolderLock.holding(folder, ears, () -> "done"));
      assertEquals(List.of("waiting for " + folder.getFileName() + ", being made"), said);
    } finally {
      other.destroyForcibly();
    }
  }

  private <T> T holding(Supplier<T> work) {
    return FolderLock.holding(folder, line -> {}, work);
  }

  /** Takes a lock, says so by a file, and never gives it back. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) {
      FolderLock.holding(
          Path.of(arguments[0]),
          line -> {},
          () -> {
            AtomicFiles.write(Path.of(arguments[1]), "");
            while (true) {
              LockSupport.park();
            }
          });
    }
  }
}
