package dev.outdial.server.http.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values (RFC 4180) as text: cells in double quotes may hold anything, a quote in them is written twice. Rows end with CR LF,
 * LF or CR; empty ones are left out. What spreadsheets write besides is taken: a byte order mark, and semicolons or tabs in place of commas,
 * whichever comes first in the first row. One thread.
 */
public final class CsvText {
    private static final char MARK = '\uFEFF';
    private static final char END = '\uFFFF';

    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    /**
     * One row.
     *
     * @param line of the text, counted from 1, in which it begins
     */
    public record Row(int line, List<String> cells) {
        /** Copies the cells. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** It cannot be read: the sentence says from which line on. */
    public static final class BadCsvException extends Exception {
        private static final long serialVersionUID = 1L;

        BadCsvException(String message) {
            super(message);
        }
    }

    private CsvText(String text) {
        this.text = text;
        this.at = !text.isEmpty() && text.charAt(0) == MARK ? 1 : 0;
        this.separator = separator(text);
    }

    /** All rows, the head among them. @param mostRows more are not read: it is refused then */
    public static List<Row> parse(String text, int mostRows) throws BadCsvException {
        return new CsvText(text).rows(mostRows);
    }

    /** As one row: cells with separators, quotes, breaks or outer blanks in double quotes. */
    public static String row(List<String> cells) {
        var row = new StringBuilder();
        for (String cell : cells) {
            if (!row.isEmpty()) row.append(',');
            boolean isPlain = cell.chars().noneMatch(sign -> sign == ',' || sign == ';' || sign == '"' || sign < ' ')
                    && cell.strip().equals(cell)
                    // A row of one empty cell would be an empty row, and left out.
                    && !(cell.isEmpty() && row.isEmpty());
            row.append(isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
        }
        return row.append("\r\n").toString();
    }

    private static char separator(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (sign == '"') quoted = !quoted;
            else if (quoted) continue;
            else if (sign == ',' || sign == ';' || sign == '\t') return sign;
            else if (sign == '\n' || sign == '\r') break;
        }
        return ',';
    }

    private List<Row> rows(int mostRows) throws BadCsvException {
        List<Row> rows = new ArrayList<>();
        while (at < text.length()) {
            Row row = row();
            boolean isEmpty = row.cells().size() == 1 && row.cells().getFirst().isBlank();
            if (isEmpty) continue;
            if (rows.size() == mostRows) throw new BadCsvException("there are more than " + mostRows + " rows");
            rows.add(row);
        }
        return rows;
    }

    private Row row() throws BadCsvException {
        int first = line;
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(sign() == '"' ? quoted() : plain());
            if (at < text.length() && text.charAt(at) == separator) {
                at++;
            } else {
                lineEnd();
                return new Row(first, cells);
            }
        }
    }

    private char sign() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private String plain() {
        int from = at;
        while (at < text.length()) {
            char sign = text.charAt(at);
            if (sign == separator || sign == '\r' || sign == '\n') break;
            at++;
        }
        return text.substring(from, at).strip();
    }

    private String quoted() throws BadCsvException {
        int first = line;
        var cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char sign = text.charAt(at++);
            if (sign == '"' && sign() == '"') {
                cell.append('"');
                at++;
            } else if (sign == '"') {
                while (sign() == ' ') at++;
                boolean ends = at == text.length() || sign() == separator || sign() == '\r' || sign() == '\n';
                if (!ends) throw new BadCsvException("something follows a closing quote in line " + line);
                return cell.toString();
            } else {
                if (sign == '\n' || (sign == '\r' && sign() != '\n')) line++;
                cell.append(sign);
            }
        }
        throw new BadCsvException("a quote is not closed from line " + first + " on");
    }

    private void lineEnd() {
        if (at == text.length()) return;
        boolean isPair = text.startsWith("\r\n", at);
        at += isPair ? 2 : 1;
        line++;
    }
}
