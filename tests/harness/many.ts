// A discussion of thousands of generated proposals, in the form that `palabre import` reads. The same in every run.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const things =
  "casier banc potager four atelier cantine toit chaudière vélo rampe éclairage fontaine";
const places =
  "cour gare école quai place halle passerelle serre mairie piscine bibliothèque friche";
const acts =
  "installer réparer ouvrir déplacer agrandir repeindre partager louer éclairer nettoyer";
const [what, where, doing] = [things, places, acts].map((words) => words.split(" ")) as [
  string[],
  string[],
  string[],
];

function titleOf(n: number): string {
  const of = (list: string[], by: number) => list[Math.floor(n / by) % list.length] ?? "";
  return `${of(doing, 1)} ${of(what, 10)} numéro ${n} près de la ${of(where, 120)}`;
}

/** A folder with `count` proposals and those of `special` among them; `palabre import --format decide-madrid`. */
export function manyProposals(count: number, special: string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), "palabre-many-"));
  const rows: string[] = [];
  for (let n = 0; n < count; n++) {
    const place = Math.floor(count / (special.length + 1));
    const title = (n % place === 0 && special[n / place - 1]) || titleOf(n);
    rows.push(
      `${n},${n + 1},/proposals/${n + 1},X-${n + 1},"${title}",${1 + (n % 97)},2020-02-10,"Besoin ${n}","Texte",0,,${n % 50},False`,
    );
  }
  const head =
    ",id,url,code,title,userId,date,summary,text,numComments,status,numSupports,isAssociation";
  writeFileSync(join(folder, "proposals.csv"), `${head}\n${rows.join("\n")}\n`);
  const comments =
    ",id,parentId,proposalId,page,userId,userType,date,time,text,numVotes,numPositiveVotes,numNegativeVotes";
  writeFileSync(join(folder, "comments.csv"), `${comments}\n`);
  const tree = Array.from({ length: count }, (_, n) => `${n + 1},${n + 1},0`);
  writeFileSync(
    join(folder, "comment_hierarchy.csv"),
    `proposalId,commendId,parentId\n${tree.join("\n")}\n`,
  );
  return folder;
}
