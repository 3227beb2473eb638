/* Runs a harness over its corpus once, without libFuzzer: the same source, any compiler.
 *
 *   NAME_fuzz FOLDER       every file of the folder in order of name; TAP for the runner
 *
 * Each file is one test. A sanitizer's report or an abort ends the program: the runner then misses the other tests, and
 * the last line on stderr names the input. A copy of exactly the input's size is given, so that a read past its end is seen. */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sanitizer/common_interface_defs.h>

#include "tests/fuzz/fuzz.h"

enum { PATH_MAX_SIZE = 4096, INPUT_MAX = 1 << 20 };

/* Harnesses that need no preparation have none. */
__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv);

static char input_path[PATH_MAX_SIZE];

static void say_input(void)
{
    static const char before[] = "\nthe input is ";
    size_t length = strlen(input_path);
    input_path[length] = '\n';
    if (write(STDERR_FILENO, before, sizeof before - 1) < 0 ||
        write(STDERR_FILENO, input_path, length + 1) < 0) {
        _exit(1);
    }
}

static void on_abort(int number)
{
    say_input();
    signal(number, SIG_DFL);
    raise(number);
}

static void run_file(const char *path)
{
    uint8_t *bytes = malloc(INPUT_MAX);
    FILE *file = fopen(path, "rb");
    if (bytes == NULL || file == NULL) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(1);
    }
    size_t size = fread(bytes, 1, INPUT_MAX, file);
    fclose(file);
    uint8_t *exact = malloc(size == 0 ? 1 : size);
    if (exact == NULL) {
        exit(1);
    }
    memcpy(exact, bytes, size);
    free(bytes);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    struct dirent **entries;
    int count = argc == 2 ? scandir(argv[1], &entries, is_input, alphasort) : -1;
    if (count < 0) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    __sanitizer_set_death_callback(say_input);
    signal(SIGABRT, on_abort);
    if (LLVMFuzzerInitialize != NULL) {
        LLVMFuzzerInitialize(&argc, &argv);
    }
    printf("1..%d\n", count);
    for (int at = 0; at < count; at++) {
        snprintf(input_path, sizeof input_path - 1, "%s/%s", argv[1], entries[at]->d_name);
        fuzz_replayed = entries[at]->d_name;
        run_file(input_path);
        printf("ok %d - %s\n", at + 1, entries[at]->d_name);
        free(entries[at]);
    }
    free(entries);
    return 0;
}
