package dev.outdial.server.http.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.server.http.csv.CsvText.BadCsvException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comma-separated values as RFC 4180 has them, and as spreadsheets write them. */
class CsvTextTest {
    private static List<List<String>> cells(String text) throws BadCsvException {
        return CsvText.parse(text, 100).stream().map(CsvText.Row::cells).toList();
    }

    @Test
    void quotesHoldWhateverStandsBetweenThem() throws BadCsvException {
        assertThat(cells("a,b\r\n\"x, \"\"y\"\"\r\nz\",\"\"\r\n"))
                .containsExactly(List.of("a", "b"), List.of("x, \"y\"\r\nz", ""));
        assertThat(cells("\"a\" ,b")).containsExactly(List.of("a", "b"));
        assertThat(cells("it's 5\" long,b")).containsExactly(List.of("it's 5\" long", "b"));
    }

    @Test
    void whatSpreadsheetsWriteIsTaken() throws BadCsvException {
        assertThat(cells("\uFEFFa;\"b,c\"\r\n1,5;2\r\n")).containsExactly(List.of("a", "b,c"), List.of("1,5", "2"));
        assertThat(cells("a\tb\n1\t2")).containsExactly(List.of("a", "b"), List.of("1", "2"));
        assertThat(cells("a,b\r1,2\r\r\n\n 3 ,4"))
                .containsExactly(List.of("a", "b"), List.of("1", "2"), List.of("3", "4"));
        assertThat(cells("a,b\n1,\n,2\n")).containsExactly(List.of("a", "b"), List.of("1", ""), List.of("", "2"));
        assertThat(cells("")).isEmpty();
    }

    @Test
    void rowsKnowTheirLine() throws BadCsvException {
        assertThat(CsvText.parse("a,b\n\"1\r\n2\n3\",x\n\n4,5\n", 10))
                .extracting(CsvText.Row::line)
                .containsExactly(1, 2, 6);
    }

    @Test
    void whatCannotBeReadIsRefusedWithItsLine() {
        assertThatThrownBy(() -> cells("a\n\n\"b")).hasMessage("a quote is not closed from line 3 on");
        assertThatThrownBy(() -> cells("a\n\"b\"c\n")).hasMessage("something follows a closing quote in line 2");
        assertThatThrownBy(() -> CsvText.parse("a\nb\nc\n", 2)).hasMessage("there are more than 2 rows");
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws BadCsvException {
        List<String> cells = List.of("", "a", " b", "c,d", "e;f", "\"g\"", "h\r\ni", "+1555", "ü");
        assertThat(CsvText.row(cells)).endsWith("\r\n").startsWith("\"\",a,\" b\",\"c,d\",\"e;f\",\"\"\"g\"\"\"");
        assertThat(cells(CsvText.row(cells))).containsExactly(cells);
    }
}
