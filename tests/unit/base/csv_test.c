/* Comma-separated values: what is read, what is refused, and the place that the refusal names. */
#include "tests/harness/c/fixture.h"

#include <stdlib.h>

#include "base/csv.h"

static struct csv_table *read_good(const char *text)
{
    struct csv_table *table = NULL;
    struct csv_fault fault;
    assert_int_equal(csv_parse(slice_text(text), NULL, &table, &fault), ERROR_NONE);
    return table;
}

static void assert_cell(const struct csv_table *table, size_t row, size_t column, const char *text)
{
    assert_true(slice_equal(csv_cell(table, row, column), slice_text(text)));
}

static void assert_fault(struct slice bytes, size_t line, size_t column, const char *part)
{
    struct csv_table *table = NULL;
    struct csv_fault fault;
    assert_int_equal(csv_parse(bytes, NULL, &table, &fault), ERROR_IMPORT_UNREADABLE);
    assert_null(table);
    assert_int_equal(fault.line, line);
    assert_int_equal(fault.column, column);
    assert_non_null(strstr(fault.expected, part));
}

static void assert_text_fault(const char *text, size_t line, size_t column, const char *part)
{
    assert_fault(slice_text(text), line, column, part);
}

static void reads_a_plain_table(void **state)
{
    (void)state;
    struct csv_table *table = read_good("a,b,c\n1,,3\n,,\n");
    size_t column = 9;
    assert_int_equal(csv_rows(table), 2);
    assert_int_equal(csv_columns(table), 3);
    assert_cell(table, 0, 0, "1");
    assert_cell(table, 0, 1, "");
    assert_cell(table, 0, 2, "3");
    assert_cell(table, 1, 2, "");
    assert_true(csv_find(table, "c", &column));
    assert_int_equal(column, 2);
    assert_false(csv_find(table, "C", &column));
    csv_free(table);
}

static void quotes_hold_commas_quotes_and_line_breaks(void **state)
{
    (void)state;
    struct csv_table *table = read_good("x,y\n\"a,b\",\"say \"\"no\"\"\"\n\"one\r\ntwo\n\",\"\"\n");
    struct csv_fault place;
    assert_cell(table, 0, 0, "a,b");
    assert_cell(table, 0, 1, "say \"no\"");
    assert_cell(table, 1, 0, "one\r\ntwo\n");
    assert_cell(table, 1, 1, "");
    csv_place(table, 1, 1, &place);
    assert_int_equal(place.line, 5);
    assert_int_equal(place.column, 3);
    csv_free(table);
}

static void line_ends_and_the_last_row(void **state)
{
    (void)state;
    struct csv_table *table = read_good("a,b\r\n1,2\r\n3,4");
    assert_int_equal(csv_rows(table), 2);
    assert_cell(table, 0, 1, "2");
    assert_cell(table, 1, 1, "4");
    csv_free(table);
    table = read_good("only,names\n");
    assert_int_equal(csv_rows(table), 0);
    csv_free(table);
}

static void a_byte_order_mark_is_no_text(void **state)
{
    (void)state;
    struct csv_table *table = read_good("\xEF\xBB\xBF\"id\",t\n7,\xC3\xA9\n");
    size_t column = 9;
    assert_true(csv_find(table, "id", &column));
    assert_cell(table, 0, 1, "\xC3\xA9");
    csv_free(table);
}

static void columns_are_counted_in_characters(void **state)
{
    (void)state;
    struct csv_table *table = read_good("a,b\n\xC3\xA9t\xC3\xA9,x\n");
    struct csv_fault place;
    csv_place(table, 0, 1, &place);
    assert_int_equal(place.line, 2);
    assert_int_equal(place.column, 5);
    csv_free(table);
}

static void broken_quotes_are_refused(void **state)
{
    (void)state;
    assert_text_fault("a\n\"b", 2, 1, "closing quote");
    assert_text_fault("a,b\n1,\"x\ny\nz", 2, 3, "closing quote");
    assert_text_fault("a\nb\"c\"\n", 2, 2, "around the whole cell");
    assert_text_fault("a\n\"b\" \n", 2, 4, "a separator or the end of the line");
    assert_text_fault("a\n\"b\"\rc\n", 2, 4, "a separator or the end of the line");
}

static void rows_of_another_length_are_refused(void **state)
{
    (void)state;
    assert_text_fault("a,b\n1\n", 2, 1, "2 cells as in the first row, found 1");
    assert_text_fault("a,b\n1,2\n1,2,3\n", 3, 1, "found 3");
    assert_text_fault("a,b\n\n", 2, 1, "found 1");
    assert_text_fault("", 1, 1, "names of the columns");
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    assert_text_fault("a\nb\rc\n", 2, 2, "CR alone");
    assert_text_fault("a,b\n\xC3\xA9,\xFF\n", 2, 3, "UTF-8");
    assert_text_fault("a\n\xC3", 2, 1, "UTF-8");
    assert_text_fault("a\n\xED\xA0\x80\n", 2, 1, "UTF-8");
    assert_fault(slice_of("a\nb\0\n", 5), 2, 2, "U+0000");
    assert_fault(slice_of("a\n\"b\0\"\n", 7), 2, 3, "U+0000");
}

/* A piece may end within a character, but only where the next piece can end it. */
static void a_piece_may_cut_a_character(void **state)
{
    static const struct csv_rules rules = {.more = true};
    struct csv_table *table;
    struct csv_fault fault;
    (void)state;
    assert_int_equal(csv_parse(slice_text("a\nb\nc\xE2\x82"), &rules, &table, &fault), ERROR_NONE);
    assert_int_equal(csv_height(table), 2);
    csv_free(table);
    assert_int_equal(csv_parse(slice_text("a\nb\xFF\n"), &rules, &table, &fault),
                     ERROR_IMPORT_UNREADABLE);
    assert_int_equal(csv_parse(slice_text("a\nb\xE2\n"), &rules, &table, &fault),
                     ERROR_IMPORT_UNREADABLE);
    assert_string_equal(fault.word, "utf8");
}

static void what_is_too_large_is_refused(void **state)
{
    (void)state;
    struct buffer text;
    buffer_init(&text, 4 * CSV_CELL_MAX);
    buffer_append_text(&text, "a\n");
    memset(buffer_reserve(&text, CSV_CELL_MAX + 1), 'x', CSV_CELL_MAX + 1);
    assert_fault(buffer_slice(&text), 2, 1, "1048576 bytes");
    buffer_clear(&text);
    for (int i = 0; i < CSV_COLUMNS_MAX; i++) {
        buffer_append_text(&text, ",");
    }
    assert_fault(buffer_slice(&text), 1, CSV_COLUMNS_MAX + 1, "256 cells");
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_plain_table),
        cmocka_unit_test(quotes_hold_commas_quotes_and_line_breaks),
        cmocka_unit_test(line_ends_and_the_last_row),
        cmocka_unit_test(a_byte_order_mark_is_no_text),
        cmocka_unit_test(columns_are_counted_in_characters),
        cmocka_unit_test(broken_quotes_are_refused),
        cmocka_unit_test(rows_of_another_length_are_refused),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(a_piece_may_cut_a_character),
        cmocka_unit_test(what_is_too_large_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
