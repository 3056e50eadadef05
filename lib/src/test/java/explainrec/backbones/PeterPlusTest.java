package explainrec.backbones;

/** All that is asked of PETER, asked of PETER+. */
final class PeterPlusTest extends PeterTest {
  @Override
  boolean plus() {
    return true;
  }
}
