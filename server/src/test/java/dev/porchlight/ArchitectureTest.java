package dev.porchlight;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** One direction of dependency: who may use whom, as {@code ARCHITECTURE.md} draws it. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.porchlight");

  private static final Set<String> FEATURE = Set.of("picture", "pipeline", "store", "metrics", "config", "domain");

  /** Everything of ours that a package may use, besides itself. A new row needs a decision record. */
  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static Map<String, Set<String>> mayUse() {
    var table = new LinkedHashMap<String, Set<String>>();
    table.put("http", Set.of("engine", "live", "json", "metrics", "config", "domain"));
    table.put("api", Set.of("http", "json", "store", "metrics", "config", "domain"));
    table.put("live", Set.of("engine", "json", "store", "metrics", "config", "domain"));
    table.put("ingest", FEATURE);
    table.put("ftp", FEATURE);
    table.put("detection", FEATURE);
    table.put("batch", FEATURE);
    table.put("risk", FEATURE);
    table.put("evaluation", Set.of("domain"));
    table.put("camera", FEATURE);
    table.put("gpu", FEATURE);
    table.put("video", FEATURE);
    table.put("store.jdbc", Set.of("store", "metrics", "config", "domain"));
    table.put("store", Set.of("metrics", "config", "domain"));
    table.put("pipeline", Set.of("metrics", "config", "domain"));
    table.put("json", Set.of("domain"));
    table.put("picture", Set.of("domain"));
    table.put("metrics", Set.of("domain"));
    table.put("config", Set.of("domain"));
    table.put("domain", Set.of());
    table.put("engine", Set.of());
    return table;
  }

  @TestFactory
  List<DynamicTest> aPackageUsesOnlyWhatItMay() {
    return MAY_USE.entrySet().stream().map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
      String[] forbidden = MAY_USE.keySet()
          .stream()
          .filter(name -> !name.equals(row.getKey()))
          .filter(name -> !row.getValue().contains(name))
          .map(ArchitectureTest::full)
          .toArray(String[]::new);
      noClasses().that()
          .resideInAPackage(full(row.getKey()))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(withApp(forbidden))
          .check(CLASSES);
    })).toList();
  }

  @Test
  void everyPackageStandsInTheTable() {
    var packages = new TreeSet<String>();
    CLASSES.forEach(type -> packages.add(type.getPackageName().substring("dev.porchlight.".length())));
    packages.remove("app");

    assertThat(MAY_USE.keySet()).containsAll(packages);
  }

  @Test
  void theDomainKnowsTheJdkAlone() {
    classes().that()
        .resideInAPackage(full("domain"))
        .should()
        .onlyDependOnClassesThat(inJavaOr("domain"))
        .check(CLASSES);
  }

  @Test
  void theEngineKnowsTheJdkAlone() {
    classes().that()
        .resideInAPackage(full("engine"))
        .should()
        .onlyDependOnClassesThat(inJavaOr("engine"))
        .check(CLASSES);
  }

  /** A bare server has none, and to ask for one then throws. */
  @Test
  void nothingAsksForAFontOfTheMachine() {
    noClasses().should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.awt.Font")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.awt.Graphics2D")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.awt.Graphics")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    for (JavaClass type : CLASSES) {
      assertThat(type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")).as(type.getPackageName())
          .isTrue();
    }
  }

  private static DescribedPredicate<JavaClass> inJavaOr(String own) {
    return JavaClass.Predicates.resideInAnyPackage("java..", full(own), "org.jspecify.annotations..",
        "com.google.errorprone.annotations..");
  }

  private static String[] withApp(String[] forbidden) {
    String[] all = java.util.Arrays.copyOf(forbidden, forbidden.length + 1);
    all[forbidden.length] = full("app");
    return all;
  }

  private static String full(String name) {
    return "dev.porchlight." + name;
  }
}
