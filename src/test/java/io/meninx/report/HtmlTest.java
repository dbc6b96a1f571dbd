package io.meninx.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that came in from outside can become markup, or hide. */
class HtmlTest {
  private final StringWriter out = new StringWriter();
  private final Html html = new Html(out);

  @Test
  void textCanNotBecomeAnElement() {
    html.of("b", "<script>alert('x')</script> & \"so on\"");

    assertThat(out)
        .hasToString(
            "<b>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;so on&quot;</b>");
  }

  @Test
  void aValueCanNotLeaveItsAttribute() {
    html.single("input", "value", "\" onfocus=\"alert(1)\" x='");

    assertThat(out).hasToString("<input value=\"&quot; onfocus=&quot;alert(1)&quot; x=&#39;\">");
  }

  @ParameterizedTest
  @CsvSource({
    "0000", "0007", "001B", "007F", "0085", "200B", "202E", "2028", "FEFF", "D800", "E0041"
  })
  void whatCanNotBeSeenIsWrittenByItsNumber(String number) {
    String hidden = Character.toString(Integer.parseInt(number, 16));

    html.text("a" + hidden + "b");

    assertThat(out.toString()).isEqualTo("a\u27E8U+" + number + "\u27E9b");
  }

  @Test
  void lettersOfAllLanguagesAndPicturesStay() {
    html.text("Müller 鈴木 Ωmega 🩺");

    assertThat(out).hasToString("Müller 鈴木 Ωmega 🩺");
  }

  @Test
  void elementsCloseInTheOrderInWhichTheyMust() {
    html.open("ul").open("li").of("b", "x").close().close();

    assertThat(out.toString().replace("\n", "")).isEqualTo("<ul><li><b>x</b></li></ul>");
    assertThat(html.written()).isEqualTo(out.toString().length());
  }
}
