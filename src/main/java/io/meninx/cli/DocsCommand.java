package io.meninx.cli;

import io.meninx.docs.DeadLettersDocument;
import io.meninx.docs.GeneratedFiles;
import io.meninx.docs.LicencesDocument;
import io.meninx.docs.RulesDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code docs}: regenerates what is generated in topology-docs/. */
@Command(
    name = "docs",
    mixinStandardHelpOptions = true,
    description =
        "Regenerates what is generated in topology-docs/: the table of rules from the statements,"
            + " the code, the tests and the case files; the table of reasons in dead-letters.md;"
            + " topology, topics, schemas, metrics and the AsyncAPI document from the program"
            + " itself; the licences of libraries from the bill of materials of the build, if there"
            + " is one.")
final class DocsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "root of the repository (default: the present directory)")
  private Path root;

  @Override
  public Integer call() {
    if (!Files.isRegularFile(root.resolve("pom.xml"))) {
      throw new WrongUseException(
          "--root: " + root + " is not the root of the repository: there is no pom.xml.");
    }
    RulesDocument document = RulesDocument.read(root);
    PrintWriter screen = spec.commandLine().getOut();
    screen.println(write(root.resolve(RulesDocument.FILE), document.markdown()) + " written");
    screen.println(writeReasons() + " written");
    GeneratedFiles.all()
        .forEach((path, text) -> screen.println(write(root.resolve(path), text) + " written"));
    Path bom = root.resolve(LicencesDocument.BOM);
    if (Files.isRegularFile(bom)) {
      Path licences = root.resolve(LicencesDocument.FILE);
      screen.println(write(licences, LicencesDocument.of(bom).markdown()) + " written");
    } else {
      screen.println(
          LicencesDocument.FILE
              + " left as it is: it changes with libraries only, and mvn verify has not written "
              + bom);
    }
    RulesDocument.Gaps gaps = document.gaps();
    boolean complete =
        gaps.statementsWithoutTest().isEmpty()
            && gaps.statementsWithoutCase().isEmpty()
            && gaps.alertsWithoutRule().isEmpty();
    if (!complete) {
      screen.println("without a test: " + gaps.statementsWithoutTest());
      screen.println("without a case file: " + gaps.statementsWithoutCase());
      screen.println("alerts without a rule: " + gaps.alertsWithoutRule());
    }
    screen.flush();
    return complete ? Meninx.DONE : Meninx.FAILED;
  }

  private static Path write(Path file, String text) {
    try {
      Files.writeString(file, text);
      return file;
    } catch (IOException e) {
      throw new WrongUseException("The file " + file + " cannot be written.", e);
    }
  }

  private Path writeReasons() {
    Path file = root.resolve(DeadLettersDocument.FILE);
    try {
      Files.writeString(file, DeadLettersDocument.withReasons(Files.readString(file)));
      return file;
    } catch (IOException e) {
      throw new WrongUseException("The file " + file + " cannot be read or written.", e);
    }
  }
}
