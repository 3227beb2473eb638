/* A to-do typed as one line, on any day.
 *
 * The first bytes choose the day (to 2328) and the language. Names lie within the line, a due date is a day that exists and
 * is not past, and the title is no longer than the line. */
#include "assembly/task_line.h"
#include "tests/fuzz/fuzz.h"

enum { TITLE_MAX = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"fr", "nl", "en", "eo"};
    struct slice line = slice_of(data, size);
    int64_t number = fuzz_number(&line) * INT64_C(2) + fuzz_byte(&line) % 2;
    const char *language = languages[fuzz_byte(&line) % 4];
    struct buffer title;
    buffer_init(&title, TITLE_MAX);
    struct task_line read =
        task_line_read(line, calendar_day_of(number), slice_text(language), &title);
    fuzz_check(buffer_ok(&title) && title.size <= line.size);
    fuzz_check(read.name_count <= TASK_LINE_NAMES_MAX);
    for (size_t i = 0; i < read.name_count; i++) {
        fuzz_check(read.names[i].size > 0 && read.names[i].data > line.data &&
                   read.names[i].data + read.names[i].size <= line.data + line.size);
    }
    fuzz_check(!read.has_due || (calendar_is_day(read.due) && calendar_number(read.due) >= number));
    buffer_free(&title);
    return 0;
}
