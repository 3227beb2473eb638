/* The web client in memory: forms, tags, pages, and no way out of the folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/crypto.h"
#include "server/net/assets.h"

static char folder[] = "/tmp/palabre-assets-XXXXXX";
static const char *const names[] = {"index.html", "index.html.br", "assets/app-1.js",
                                    "assets/app-1.js.gz", ".hidden"};

static void path_of(char path[256], const char *name)
{
    snprintf(path, 256, "%s/%s", folder, name);
}

static int make_folder(void **state)
{
    (void)state;
    char path[256];
    assert_true(crypto_start());
    assert_non_null(mkdtemp(folder));
    path_of(path, "assets");
    assert_int_equal(mkdir(path, 0700), 0);
    for (size_t at = 0; at < sizeof names / sizeof names[0]; at++) {
        path_of(path, names[at]);
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        fprintf(file, "content of %s", names[at]);
        fclose(file);
    }
    path_of(path, "passwd");
    return symlink("/etc/passwd", path);
}

static int remove_folder(void **state)
{
    (void)state;
    char path[256];
    for (size_t at = 0; at < sizeof names / sizeof names[0]; at++) {
        path_of(path, names[at]);
        unlink(path);
    }
    path_of(path, "passwd");
    unlink(path);
    path_of(path, "assets");
    rmdir(path);
    return rmdir(folder);
}

static void files_and_forms(void **state)
{
    (void)state;
    bool loaded;
    struct assets *assets = assets_load(folder, &loaded);
    assert_true(loaded);
    assert_int_equal(assets_count(assets), 2);
    const struct asset *app = assets_find(assets, slice_text("/assets/app-1.js"));
    assert_non_null(app);
    assert_true(app->immutable);
    assert_string_equal(app->type, "text/javascript; charset=utf-8");
    assert_int_equal(asset_choose(app, slice_text("br, gzip")), CODING_GZIP);
    assert_int_equal(asset_choose(app, slice_text("")), CODING_PLAIN);
    assert_string_not_equal(app->forms[CODING_PLAIN].tag, app->forms[CODING_GZIP].tag);
    const struct asset *index = assets_find(assets, slice_text("/p/42"));
    assert_non_null(index);
    assert_false(index->immutable);
    assert_int_equal(asset_choose(index, slice_text("gzip, br")), CODING_BROTLI);
    assert_ptr_equal(index, assets_find(assets, slice_text("/")));
    assets_free(assets);
}

static void nothing_outside(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "/passwd",  "/.hidden", "/../etc/passwd", "/assets/../index", "/assets",
        "/assets/", "",         "index.html",     "/index.html.br",   "//index.html",
        "/px",      "/joined",  "/index.html%00"};
    bool loaded;
    struct assets *assets = assets_load(folder, &loaded);
    for (size_t at = 0; at < sizeof paths / sizeof paths[0]; at++) {
        assert_null(assets_find(assets, slice_text(paths[at])));
    }
    assets_free(assets);
}

static void ten_thousand_made_up_paths(void **state)
{
    (void)state;
    static const char *const parts[] = {"..",     "%2e%2e",   "assets", "\\", "//", "etc",
                                        "passwd", "app-1.js", "%00",    ".",  "x"};
    bool loaded;
    unsigned seed = 1;
    struct assets *assets = assets_load(folder, &loaded);
    for (int round = 0; round < 10000; round++) {
        char path[256] = "";
        for (int part = 0; part < 6; part++) {
            seed = seed * 1103515245U + 12345U;
            size_t size = strlen(path);
            snprintf(path + size, sizeof path - size, "/%s",
                     parts[(seed >> 16) % (sizeof parts / sizeof parts[0])]);
        }
        const struct asset *found = assets_find(assets, slice_text(path));
        assert_true(found == NULL || strcmp(found->path, path) == 0);
    }
    assets_free(assets);
}

static void no_folder(void **state)
{
    (void)state;
    bool loaded = true;
    struct assets *assets = assets_load("/nonexistent", &loaded);
    assert_false(loaded);
    assert_null(assets_find(assets, slice_text("/")));
    assets_free(assets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_and_forms),
        cmocka_unit_test(nothing_outside),
        cmocka_unit_test(ten_thousand_made_up_paths),
        cmocka_unit_test(no_folder),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
