/* What it costs to read a file of ballots and to count it, without the program around it: counting METHOD SEATS FILE.
 *
 * Prints one line of JSON, microseconds of CPU: bytes_us for looking at every byte of the file once, read_us for reading it
 * into the ballot box, count_us for sorting the box and counting it; and how many winners there were. Start at main(). */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "tally/formats/election.h"

enum { COUNT_ARENA = 1 << 30 };

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static struct slice read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_always(file != NULL && fseek(file, 0, SEEK_END) == 0);
    long size = ftell(file);
    assert_always(size > 0 && fseek(file, 0, SEEK_SET) == 0);
    uint8_t *bytes = memory_new((size_t)size, 1);
    assert_always(fread(bytes, 1, (size_t)size, file) == (size_t)size);
    (void)fclose(file);
    return slice_of(bytes, (size_t)size);
}

/* One step a byte, each of which needs the one before. */
static uint32_t look_at(struct slice bytes)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        sum = sum * 31 + bytes.data[i];
    }
    return sum;
}

int main(int argc, char **argv)
{
    assert_always(argc == 4);
    struct election_file file = {.name = argv[3], .bytes = read_file(argv[3])};
    struct election_ask ask = {
        .method = definition_method_find(slice_text(argv[1])),
        .seats = (uint16_t)strtoul(argv[2], NULL, 10),
    };
    struct election election = {0};
    struct election_fault fault;
    struct tally_counts counts;
    struct arena arena;
    arena_init(&arena, COUNT_ARENA);
    double start = microseconds();
    uint32_t sum = look_at(file.bytes);
    double looked = microseconds();
    assert_always(election_read(&file, &ask, &election, &fault) == ERROR_NONE);
    double read = microseconds();
    struct tally_terms terms = election_terms(&election, NULL);
    tally_count(&terms, election.box, &arena, &counts);
    double counted = microseconds();
    printf("{\"bytes_us\":%.1f,\"read_us\":%.1f,\"count_us\":%.1f,\"valid\":%u,\"winners\":%u,"
           "\"sum\":%u}\n",
           looked - start, read - looked, counted - read, counts.valid.heads, counts.n_winners,
           sum);
    arena_free(&arena);
    election_free(&election);
    free((void *)(uintptr_t)file.bytes.data);
    return 0;
}
