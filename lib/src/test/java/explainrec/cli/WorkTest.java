package explainrec.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.elixir.ElixirModel;
import explainrec.run.CarriedRun;
import explainrec.run.PlannedRun;
import explainrec.run.ReviewModel;
import explainrec.run.ReviewRun;
import explainrec.run.RunResult;
import explainrec.run.RunState;
import explainrec.run.Session;
import explainrec.run.SessionCopy;
import explainrec.run.Shipment;
import explainrec.run.WorkOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work in another home, as a worker of a cluster does it, and what comes back from there. */
final class WorkTest {
  @TempDir private static Path home;

  @TempDir private Path folder;

  private static Session session(Path results) {
    return Session.open(
        Map.of(
            "worldUsers", "40",
            "worldItems", "20",
            "worldReviews", "300",
            "width", "4",
            "maxEpochs", "2",
            "bertEncoder", "none"),
        Map.of(
            "EXPLAINREC_HOME", home.toString(),
            "EXPLAINREC_PROFILE", "smoke",
            "EXPLAINREC_SEED", "5",
            "EXPLAINREC_DEVICE", "cpu",
            "EXPLAINREC_RESULTS", results.toString()));
  }

  @Test
  void aRunMadeElsewhereHasTheNumbersAndTheKeyOfOneMadeHere() throws IOException {
    Session here = session(folder.resolve("here"));
    Prepared prepared = here.prepare(Progress.SILENT);
    PlannedRun run =
        new PlannedRun(PlannedRun.Kind.RATINGS, "elixir", "wide", Map.of("width", "8"), 7);
    Shipment shipment = Shipment.of(here, prepared, List.of(run), line -> {});
    SessionCopy copy = SessionCopy.of(here, prepared, shipment);
    Path work = work(shipment, new WorkOrder(copy, shipment.given(run), null), List.of());
    Path made = work.resolve(Files.readString(work.resolve("made")));
    RunResult local = (RunResult) run.make(here, prepared, line -> {});

    Session there = session(folder.resolve("there"));
    Path arrived = CarriedRun.landing(there).resolve("run");
    Files.createDirectories(arrived.getParent());
    Files.move(made, arrived);
    CarriedRun.place(arrived, run.folder(there));
    assertEquals(RunState.Kind.FINISHED, run.look(there, prepared).kind());
    RunResult carried = (RunResult) run.result(there);
    assertEquals(local.metrics(), carried.metrics());
    assertArrayEquals(local.test().overall(), carried.test().overall());
  }

  @Test
  void theShippedDataAreOpenedAndNotReadAgain() throws IOException {
    Session here = session(folder.resolve("here"));
    Prepared prepared = here.prepare(Progress.SILENT);
    Shipment shipment = Shipment.of(here, prepared, List.of(), line -> {});
    SessionCopy copy = SessionCopy.of(here, prepared, shipment);
    SessionCopy foreign =
        new SessionCopy(
            copy.profile(), false, copy.source(), copy.seed(), copy.device(), copy.settings());
    Path there = unpack(shipment, "there");
    Prepared opened = foreign.open(there, folder.resolve("results")).prepare(Progress.SILENT);
    assertEquals(prepared.split().hash(), opened.split().hash());
    assertTrue(opened.folder().startsWith(there));
    Files.delete(opened.folder().resolve("split.json"));
    InputException refused =
        assertThrows(
            InputException.class,
            () -> foreign.open(there, folder.resolve("results")).prepare(Progress.SILENT));
    assertTrue(refused.getMessage().contains("did not arrive whole"), refused.getMessage());
  }

  @Test
  void aFolderThatASettingNamesTravelsAndIsFoundAgain() throws IOException {
    Path lm = Files.createDirectories(folder.resolve("my-lm"));
    Files.writeString(lm.resolve("config.json"), "{}");
    Session here = session(folder.resolve("here")).with(Map.of("lm", lm.toString()));
    Prepared prepared = here.prepare(Progress.SILENT);
    PlannedRun run = new PlannedRun(PlannedRun.Kind.REVIEWS, "elixir", "", Map.of(), 7);
    Shipment shipment = Shipment.of(here, prepared, List.of(run), line -> {});
    Path there = unpack(shipment, "there");
    Session opened =
        SessionCopy.of(here, prepared, shipment).open(there, folder.resolve("results"));
    Path found = Path.of(String.valueOf(opened.settings().values().get("lm")));
    assertTrue(found.startsWith(there), found.toString());
    assertEquals("my-lm", found.getFileName().toString());
    assertEquals("{}", Files.readString(found.resolve("config.json")));
  }

  @Test
  void answersElsewhereAreThoseOfThisMachine() throws IOException {
    Session here = session(folder.resolve("here"));
    Prepared prepared = here.prepare(Progress.SILENT);
    ReviewRun run = new ReviewRun(here, prepared, ReviewModel.of("elixir"), 5);
    run.run();
    List<String> users = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (int n = 0; n < ElixirModel.SLICE + 9; n++) {
      users.add(prepared.interactions().users().get(n % 7));
      items.add(prepared.interactions().items().get(n % 5));
    }
    List<String> expected;
    try (ElixirModel elixir = run.open()) {
      expected =
          elixir.explain(users, items, Progress.SILENT).stream().map(WorkCommand::line).toList();
    }
    PlannedRun planned = new PlannedRun(PlannedRun.Kind.REVIEWS, "elixir", "", Map.of(), 5);
    Shipment shipment = Shipment.of(here, prepared, List.of(planned), line -> {});
    WorkOrder.Slice last =
        new WorkOrder.Slice(
            "elixir",
            "",
            users.subList(ElixirModel.SLICE, users.size()),
            items.subList(ElixirModel.SLICE, items.size()));
    Path below = here.folder().resolve("runs").resolve("elixir-seed5");
    Path work =
        work(
            shipment,
            new WorkOrder(SessionCopy.of(here, prepared, shipment), null, last),
            List.of(below, run.folder()));
    assertEquals(
        expected.subList(ElixirModel.SLICE, users.size()),
        Files.readAllLines(work.resolve("answers.jsonl")));
  }

  @Test
  void anEarlierRunIsReplacedWholeAndItsKeyComesLast() throws IOException {
    Path run = folder.resolve("runs/elixir-seed1");
    write(run, "run.json", "old");
    write(run, "checkpoint/key", "old");
    write(run, "checkpoint/state", "old");
    Path arrived = folder.resolve("arriving.part/elixir-seed1");
    write(arrived, "run.json", "new");
    write(arrived, "checkpoint/key", "new");
    write(arrived, "checkpoint/model.safetensors", "new");
    CarriedRun.place(arrived, run);
    assertEquals("new", Files.readString(run.resolve("run.json")));
    assertEquals("new", Files.readString(run.resolve("checkpoint/key")));
    assertEquals("new", Files.readString(run.resolve("checkpoint/model.safetensors")));
    assertFalse(Files.exists(run.resolve("checkpoint/state")), "of a run that is gone");
    assertFalse(Files.exists(arrived));
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }

  /** Calls the command on an order with the shipment and finished runs; returns its folder. */
  private Path work(Shipment shipment, WorkOrder order, List<Path> runs) throws IOException {
    Path there = unpack(shipment, "there");
    Path made = unpack(Shipment.ofRuns(runs), "runs");
    Path work = Files.createDirectories(folder.resolve("work"));
    Files.writeString(work.resolve("order.json"), order.json());
    assertEquals(
        0,
        Kit.execute(
            "work",
            "--home",
            there.toString(),
            "--runs",
            made.toString(),
            "--folder",
            work.toString()));
    return work;
  }

  private Path unpack(Shipment shipment, String name) throws IOException {
    Path archive = folder.resolve(name + ".zip");
    shipment.pack(archive);
    Path place = folder.resolve(name);
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path file = place.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
    return place;
  }
}
