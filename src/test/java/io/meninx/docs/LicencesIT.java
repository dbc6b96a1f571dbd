package io.meninx.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is delivered may be delivered, and is listed; looks at what the build has made. */
class LicencesIT {
  private final LicencesDocument licences = LicencesDocument.of(LicencesDocument.BOM);

  @TempDir private Path directory;

  @Test
  void everyLibraryHasALicenceThatIsAllowed() {
    assertThat(licences.notAllowed()).isEmpty();
  }

  @Test
  void anotherLicenceAndNoneAreSeen() throws IOException {
    Path bom = directory.resolve("bom.json");
    Files.writeString(
        bom,
        """
        {"components": [
          {"group": "a", "name": "strict", "version": "1", "licenses": [{"license": {"id": "AGPL-3.0-only"}}]},
          {"group": "a", "name": "silent", "version": "1"},
          {"group": "a", "name": "either", "version": "1", "licenses": [
            {"license": {"name": "GNU General Public License, version 2"}}, {"license": {"id": "Apache-2.0"}}]}]}
        """);

    assertThat(LicencesDocument.of(bom).notAllowed())
        .containsExactly("a:silent []", "a:strict [AGPL-3.0-only]");
  }

  @Test
  void theBillOfMaterialsHasEveryLibraryOfTheDelivery() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "lib"))) {
      assertThat(jars.map(file -> String.valueOf(file.getFileName())))
          .containsAll(licences.jars())
          .hasSizeGreaterThan(50);
    }
  }

  @Test
  void theCommittedListIsTheOneOfThisBuild() throws IOException {
    assertThat(Files.readString(LicencesDocument.FILE))
        .as("out of date: run mvn -DskipTests verify, then ./meninx docs")
        .isEqualTo(licences.markdown());
  }
}
