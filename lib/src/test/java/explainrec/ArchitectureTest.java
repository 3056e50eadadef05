package explainrec;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The order of the packages, and what no class may do. */
@AnalyzeClasses(packages = "explainrec", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  /** A review's way through the kit. */
  private static final List<String> WAY =
      List.of(
          "data",
          "text",
          "nn",
          "t5",
          "elixir",
          "backbones",
          "mmi",
          "metrics",
          "run",
          "report",
          "cli");

  @ArchTest static final ArchRule aPackageKnowsOnlyThoseBeforeIt = order();

  @ArchTest
  static final ArchRule reportReadsResultsAndNeverModels =
      noClasses()
          .that()
          .resideInAPackage("explainrec.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "explainrec.nn..",
              "explainrec.t5..",
              "explainrec.elixir..",
              "explainrec.backbones..",
              "explainrec.mmi..",
              "ai.djl..");

  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("explainrec.cli..")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  /**
   * DJL closes the array it makes of a Java number at once, and the memory may be another's before
   * the backward pass reads it. The optimizer collects no gradients.
   */
  @ArchTest
  static final ArchRule factorsLiveAsLongAsTheStep =
      noClasses()
          .that()
          .resideInAnyPackage(
              "explainrec.nn..",
              "explainrec.t5..",
              "explainrec.elixir..",
              "explainrec.backbones..",
              "explainrec.mmi..")
          .and()
          .doNotHaveSimpleName("DeviceAdam")
          .should()
          .callMethod(NDArray.class, "mul", Number.class)
          .orShould()
          .callMethod(NDArray.class, "div", Number.class)
          .orShould()
          .callMethod(NDArray.class, "pow", Number.class);

  @ArchTest
  static final ArchRule everythingRandomHasASeed =
      noClasses()
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callConstructor(SplittableRandom.class)
          .orShould()
          .callConstructor(SecureRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(ThreadLocalRandom.class, "current")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Collections.class, "shuffle", List.class)
          .orShould()
          .callMethodWhere(isRandomOfDjl());

  @ArchTest
  static void everyClassLivesInAPackageOfTheWay(
      com.tngtech.archunit.core.domain.JavaClasses classes) {
    Set<String> elsewhere =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !WAY.contains(name.replaceFirst("^explainrec\\.", "")))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), elsewhere);
  }

  private static ArchRule order() {
    CompositeArchRule all = null;
    for (int n = 0; n < WAY.size() - 1; n++) {
      String[] later =
          WAY.subList(n + 1, WAY.size()).stream()
              .map(name -> "explainrec." + name + "..")
              .toArray(String[]::new);
      ArchRule rule =
          noClasses()
              .that()
              .resideInAPackage("explainrec." + WAY.get(n) + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(later)
              .allowEmptyShould(true);
      all = all == null ? CompositeArchRule.of(rule) : all.and(rule);
    }
    return all.as("a package depends only on packages before it in " + WAY);
  }

  /** DJL's own generators draw from one state that belongs to the engine, not to a seed. */
  private static DescribedPredicate<JavaAccess<?>> isRandomOfDjl() {
    return DescribedPredicate.describe(
        "shuffles with the engine's random numbers",
        access ->
            access.getTargetOwner().getName().startsWith("ai.djl.")
                && access.getName().equals("randomPermutation"));
  }
}
