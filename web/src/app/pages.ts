// What all pages but home share beyond the words of "pages": comes before any of them is drawn.
import "../proposal/proposal.css";
import "../task/task.css";
