package io.meninx.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.Statements;
import io.meninx.edition.Statements.Answer;
import io.meninx.edition.Statements.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of rules has no empty cell and is the one of these sources; {@code ./meninx docs}
 * writes it anew.
 */
class RulesDocumentTest {
  private static final Path ROOT = Path.of("");
  private static final Path GUIDELINE = Path.of("src", "main", "java", "io", "meninx", "guideline");

  private static final int STATEMENTS_OF_THE_SOURCE = 36;

  /** Those of the clinical rules; every rule of our own gets a further one. */
  private static final int GAPS_OF_THE_SOURCE = 62;

  private final RulesDocument document = RulesDocument.read(ROOT);

  @Test
  void everyStatementWithBehaviourHasATestNamedAfterIt() {
    assertThat(document.gaps().statementsWithoutTest()).isEmpty();
  }

  @Test
  void everyStatementWithBehaviourHasACaseFile() {
    assertThat(document.gaps().statementsWithoutCase()).isEmpty();
  }

  @Test
  void everyAlertHasARuleThatRaisesItInACaseFile() {
    assertThat(document.gaps().alertsWithoutRule()).isEmpty();
  }

  @Test
  void everyStatementOfTheSourceAndEveryGapIsListedOnce() {
    List<String> listed = Statements.shipped().all().stream().map(Statement::id).toList();
    int gaps = listed.size() - STATEMENTS_OF_THE_SOURCE;
    Stream<String> expected =
        Stream.concat(
            IntStream.rangeClosed(1, STATEMENTS_OF_THE_SOURCE).mapToObj(number -> "S" + number),
            IntStream.rangeClosed(1, gaps).mapToObj(number -> "G" + number));

    assertThat(listed).containsExactlyElementsOf(expected.toList());
    assertThat(gaps).isGreaterThanOrEqualTo(GAPS_OF_THE_SOURCE);
  }

  @Test
  void whatIsAnsweredByPeopleSaysWhyAndWhatIsAnsweredByARuleNamesItsCode() {
    for (Statement statement : Statements.shipped().all()) {
      if (statement.answer() == Answer.PERSON) {
        assertThat(statement.why()).as(statement.id()).isPresent();
      }
      if (statement.answer() == Answer.RULE) {
        assertThat(statement.code()).as(statement.id()).isNotEmpty();
      }
    }
  }

  @Test
  void theCodeThatIsNamedExists() {
    for (Statement statement : Statements.shipped().all()) {
      for (String name : statement.code()) {
        assertThat(GUIDELINE.resolve(name + ".java")).as(statement.id()).exists();
      }
    }
  }

  @Test
  void theCommittedDocumentIsTheOneOfTheseSources() throws IOException {
    UpToDate.assertSame(RulesDocument.FILE, document.markdown());
  }
}
