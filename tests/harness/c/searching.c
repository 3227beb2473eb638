/* The world that tests of search begin with. Every write goes through the commands that members use, so the index is what the
 * product makes of it. Start at searching_open(). */
#include "tests/harness/c/searching.h"

int searching_open(void **state)
{
    static struct searching scene;
    world_open(&scene.world);
    scene.mia = world_member(&scene.world, "Mia Dubœuf", "facilitator");
    scene.noe = world_member(&scene.world, "Noé", "");
    scene.observer = world_member(&scene.world, "Olaf", "observer");
    *state = &scene;
    return 0;
}

int searching_close(void **state)
{
    struct searching *scene = *state;
    world_close(&scene->world);
    return 0;
}

struct id searching_propose(struct searching *scene, const char *language, const char *title,
                            const char *need, const char *text)
{
    struct id id = world_id(&scene->world);
    world_must(&scene->world, scene->mia, "proposal.submit",
               "{'id':'%s','language':'%s','title':'%s','need':'%s','text':'%s','themes':[]}",
               world_text(id), language, title, need, text);
    return id;
}

struct id searching_comment(struct searching *scene, const char *on, const char *text)
{
    struct id id = world_id(&scene->world);
    world_must(&scene->world, scene->noe, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'%s'},'text':'%s'}",
               world_text(id), on, text);
    return id;
}

size_t searching_find(struct searching *scene, const char *text)
{
    world_must(&scene->world, scene->noe, "search.find", "{'text':'%s'}", text);
    return json_array_size(world_at(scene->world.result, "items"));
}
