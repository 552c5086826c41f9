package imgpipe.cli;

import java.util.List;

/** Rows of cells as text in columns, two spaces apart; columns without any text are left out. */
final class Table {
    private Table() {}

    /** A line for each row; all have as many cells. */
    static String of(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                if (widths[column] > 0) {
                    line.append(cell).repeat(' ', widths[column] + 2 - width(cell));
                }
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
