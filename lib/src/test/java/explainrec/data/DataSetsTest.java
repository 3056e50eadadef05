package explainrec.data;

import static explainrec.data.Samples.assertInputError;
import static explainrec.data.Samples.readAll;
import static explainrec.data.Samples.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.razorvine.pickle.Pickler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {
  private static final String RATEBEER =
      "{\"user_id\":\"a\",\"item_id\":\"b\",\"appearance\":5,\"aroma\":10,\"palate\":5,"
          + "\"taste\":10,\"overall\":20,\"text\":\"good\",\"style\":\"x\"}\n";
  private static final String OWN =
      "{\"user\":\"a\",\"item\":\"b\",\"overall\":4,\"service\":5,\"rooms\":1,\"text\":\"good\"}\n";
  private static final String LITERAL =
      "{'review/overall': 3, 'review/appearance': 3, 'review/aroma': 3, 'review/palate': 3,"
          + " 'review/taste': 3, 'beer/beerId': '1', 'user/profileName': 'a', 'review/text': 't'}";

  @TempDir Path folder;

  private ReviewSource open(String nameOrFile) {
    return DataSets.open(
        nameOrFile,
        Optional.empty(),
        folder.resolve("data"),
        DataSettings.defaults(),
        () -> Samples.grid(2, 2));
  }

  @Test
  void worldComesFromItsMaker() {
    assertEquals("grid", open("world").name());
  }

  @Test
  void aFilesFirstRecordTellsItsMapping() throws IOException {
    ReviewSource beer = open(write(folder, "x.jsonl", RATEBEER).toString());
    assertEquals("ratebeer-sample", beer.name());
    assertEquals(List.of("appearance", "aroma", "palate", "taste"), beer.aspects());
    ReviewSource own = open(write(folder, "My hotels.jsonl", OWN).toString());
    assertEquals("my-hotels", own.name());
    assertEquals(List.of("service", "rooms"), own.aspects());
    assertEquals(5, readAll(own).get(0).aspects()[0]);
    String table = "user\titem\toverall\tservice\ttext\na\tb\t4\t2\tfine\n";
    ReviewSource csv = open(write(folder, "x.tsv", table).toString());
    assertInstanceOf(CsvSource.class, csv);
    assertEquals("fine", readAll(csv).get(0).text());
  }

  @Test
  void aMappingBesideTheFileGoesBeforeSniffing() throws IOException {
    write(
        folder,
        "x.jsonl.yaml",
        "name: mine\nformat: jsonl\nuser: user_id\nitem: item_id\ntext: text\n"
            + "overall: {column: overall, scale: [1, 20]}\naspects: {}\n");
    ReviewSource source = open(write(folder, "x.jsonl", RATEBEER).toString());
    assertEquals("mine", source.name());
    assertEquals(List.of(), source.aspects());
  }

  @Test
  void theRawFormsAreToldByTheirBytes() throws IOException {
    assertInstanceOf(BeerSource.class, open(write(folder, "b.json", LITERAL).toString()));
    assertInstanceOf(
        BeerSource.class,
        open(write(folder, "b.txt", "beer/beerId: 1\nreview/text: x\n").toString()));
    String hotel = "{\"Reviews\": [], \"HotelInfo\": {\"HotelID\": \"1\"}}";
    assertInstanceOf(LaraSource.class, open(write(folder, "h.json", hotel).toString()));
    Path hotels = Files.createDirectories(folder.resolve("hotels/json"));
    write(hotels, "1.json", hotel);
    write(hotels, "2.json", hotel);
    assertInstanceOf(LaraSource.class, open(hotels.toString()));
    assertInstanceOf(LaraSource.class, open(hotels.getParent().toString()));
    Path pickle = Files.write(folder.resolve("p.bin"), new Pickler().dumps(List.of()));
    assertInstanceOf(PeterSource.class, open(pickle.toString()));
  }

  @Test
  void aFetchedFolderGivesItsNameToTheData() throws IOException {
    Path ratebeer = Files.createDirectories(folder.resolve("data/ratebeer"));
    Files.write(ratebeer.resolve("all.json.gz"), Samples.gzip(LITERAL));
    write(ratebeer, "LICENCE.md", "terms");
    write(ratebeer, "SHA256SUMS", "0 all.json.gz");
    write(Files.createDirectories(folder.resolve("data/prepared")), "prepared.json", "{}");
    ReviewSource source = open("ratebeer");
    assertEquals("ratebeer", source.name());
    assertEquals(List.of("world", "ratebeer"), DataSets.names(folder.resolve("data")));
    assertEquals(1, readAll(source).size());
  }

  @Test
  void anUnknownNameListsWhatThereIs() throws IOException {
    Path samples = Files.createDirectories(folder.resolve("data/samples"));
    write(samples, "tiny.jsonl", OWN);
    assertSame(JsonLinesSource.class, open("tiny").getClass());
    assertInputError(() -> open("tinny"), "'tinny'", "world, tiny", "fetch");
    assertInputError(() -> open("no/such.jsonl"), "no/such.jsonl", "no such file");
  }

  @Test
  void columnsThatNoMappingFitsShowWhatAMappingLooksLike() throws IOException {
    Path file = write(folder, "odd.jsonl", "{\"a\":1,\"b\":2}\n");
    assertInputError(
        () -> open(file.toString()), "odd.jsonl:1:", "a, b", "odd.jsonl.yaml", "scale:");
    Path empty = write(folder, "empty.jsonl", "\n");
    assertInputError(() -> open(empty.toString()), "empty.jsonl:1:", "empty");
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    assertInputError(() -> open(nothing.toString()), "nothing", "expected one data file");
  }

  @Test
  void theSampleOfTheKitCanBePrepared() {
    ReviewSource source =
        DataSets.open(
            "cafes",
            Optional.empty(),
            Path.of("data"),
            DataSettings.defaults(),
            () -> Samples.grid(1, 1));
    Prepared prepared = Preparation.prepare(source, Samples.settings(), folder, Progress.SILENT);
    assertEquals("cafes", prepared.interactions().name());
    assertEquals(List.of("coffee", "seats"), prepared.interactions().aspects());
    assertEquals(12, prepared.interactions().size());
    assertEquals(1 + 4 * 5 / 9.0, prepared.interactions().aspect(0, 1), 1e-6);
  }
}
