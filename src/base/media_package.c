/* Documents in packages: ODT and DOCX are zip files, and here only their directory is read.
 *
 * The end record must close the file exactly, every entry of the directory must point at a local header of the same name
 * that lies before the directory, packed sizes must fit in the file and unfolded ones within MEDIA_UNPACKED_MAX (a package
 * that would unfold to more is a bomb). Names must be plain: no "..", no root, no backslash, no control characters; no
 * entry may be encrypted; no macros. ODT says what it is in a first entry "mimetype", stored as it is; DOCX has
 * [Content_Types].xml and word/document.xml. Any other package is unknown. Nothing is unpacked. */
#include "base/media.h"

enum {
    END_SIZE = 22,
    ENTRY_SIZE = 46,
    LOCAL_SIZE = 30,
    ENTRIES_MAX = 4096,
    NAME_MAX_BYTES = 512,
    COMMENT_MAX = 65535
};

struct package {
    struct slice bytes;
    struct slice directory; /* what is left of it */
    size_t limit;           /* where it begins: entries' bytes end before */
    size_t entries;
    uint64_t packed, unpacked;
    bool types, word, macros;
    enum media_type mimetype;
};

static uint32_t read16(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static uint32_t read32(const uint8_t *at)
{
    return read16(at) | read16(at + 2) << 16;
}

/* The end record whose comment reaches exactly to the end of the file. */
static bool find_end(struct slice bytes, const uint8_t **end)
{
    if (bytes.size < END_SIZE) {
        return false;
    }
    size_t furthest = bytes.size - END_SIZE;
    size_t nearest = furthest > COMMENT_MAX ? furthest - COMMENT_MAX : 0;
    for (size_t at = furthest + 1; at-- > nearest;) {
        const uint8_t *here = bytes.data + at;
        if (memcmp(here, "PK\x05\x06", 4) == 0 && read16(here + 20) == furthest - at) {
            *end = here;
            return true;
        }
    }
    return false;
}

static bool open_directory(struct package *package)
{
    const uint8_t *end;
    if (!find_end(package->bytes, &end)) {
        return false;
    }
    uint32_t size = read32(end + 12), start = read32(end + 16);
    size_t here = (size_t)(end - package->bytes.data);
    package->entries = read16(end + 10);
    if (read16(end + 4) != 0 || read16(end + 8) != package->entries || package->entries == 0 ||
        package->entries > ENTRIES_MAX || start > here || size != here - start) {
        return false;
    }
    package->directory = slice_of(package->bytes.data + start, size);
    package->limit = start;
    return true;
}

static bool name_is_plain(struct slice name)
{
    if (name.size == 0 || name.size > NAME_MAX_BYTES || name.data[0] == '/' ||
        media_contains(name, "../")) {
        return false;
    }
    for (size_t at = 0; at < name.size; at++) {
        if (name.data[at] < 0x20 || name.data[at] == '\\' || name.data[at] == ':' ||
            name.data[at] == 0x7F) {
            return false;
        }
    }
    return !(name.size >= 2 && memcmp(name.data + name.size - 2, "..", 2) == 0);
}

/* The local header at `at` has the same name and its bytes end before the directory. Answers where they begin; 0 = no. */
static size_t local_data(const struct package *package, size_t at, struct slice name, uint32_t size)
{
    size_t limit = package->limit;
    const uint8_t *local = package->bytes.data + at;
    if (at > limit || limit - at < LOCAL_SIZE || memcmp(local, "PK\x03\x04", 4) != 0) {
        return 0;
    }
    size_t name_size = read16(local + 26);
    size_t head = LOCAL_SIZE + name_size + read16(local + 28);
    if (head > limit - at || size > limit - at - head ||
        !slice_equal(slice_of(local + LOCAL_SIZE, name_size), name)) {
        return 0;
    }
    return at + head;
}

static void note_name(struct package *package, struct slice name, const uint8_t *entry, size_t data,
                      bool first)
{
    uint32_t size = read32(entry + 20);
    package->types |= slice_equal(name, slice_text("[Content_Types].xml"));
    package->word |= slice_equal(name, slice_text("word/document.xml"));
    package->macros |= media_contains(name, "vbaproject.bin") ||
                       (name.size > 6 && memcmp(name.data, "Basic/", 6) == 0);
    if (first && slice_equal(name, slice_text("mimetype")) && read16(entry + 10) == 0) {
        struct slice type = slice_of(package->bytes.data + data, size);
        package->mimetype = slice_equal(type, slice_text("application/vnd.oasis.opendocument.text"))
                                ? MEDIA_ODT
                                : MEDIA_NONE;
    }
}

/* One entry off the front of the directory. */
static bool read_entry(struct package *package, bool first)
{
    const uint8_t *entry = package->directory.data;
    if (package->directory.size < ENTRY_SIZE || memcmp(entry, "PK\x01\x02", 4) != 0) {
        return false;
    }
    uint32_t flags = read16(entry + 8), method = read16(entry + 10);
    uint32_t packed = read32(entry + 20), unpacked = read32(entry + 24);
    size_t size = ENTRY_SIZE + read16(entry + 28) + read16(entry + 30) + read16(entry + 32);
    struct slice name = slice_of(entry + ENTRY_SIZE, read16(entry + 28));
    if (size > package->directory.size || (flags & 0x2041) != 0 || (method != 0 && method != 8) ||
        (method == 0 && packed != unpacked) || read16(entry + 34) != 0 || !name_is_plain(name)) {
        return false;
    }
    size_t data = local_data(package, read32(entry + 42), name, packed);
    package->packed += packed;
    package->unpacked += unpacked;
    if (data == 0 || package->packed > package->bytes.size ||
        package->unpacked > MEDIA_UNPACKED_MAX) {
        return false;
    }
    note_name(package, name, entry, data, first);
    package->directory = slice_of(package->directory.data + size, package->directory.size - size);
    return true;
}

enum error media_check_package(struct slice bytes, struct media *media)
{
    struct package package = {.bytes = bytes};
    if (!open_directory(&package)) {
        return ERROR_FILE_BROKEN;
    }
    for (size_t at = 0; at < package.entries; at++) {
        if (!read_entry(&package, at == 0)) {
            return ERROR_FILE_BROKEN;
        }
    }
    if (package.directory.size != 0) {
        return ERROR_FILE_BROKEN;
    }
    media->type = package.mimetype == MEDIA_ODT   ? MEDIA_ODT
                  : package.types && package.word ? MEDIA_DOCX
                                                  : MEDIA_NONE;
    return media->type == MEDIA_NONE || package.macros ? ERROR_FILE_UNKNOWN_TYPE : ERROR_NONE;
}
