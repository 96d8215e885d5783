/** What must be known of a publication first: retracted, preprint, open or not. */
import type fr from "../fr/badges";
import type { Same } from "../index";

export default {
  notices: {
    retraction: "Retracted",
    withdrawal: "Withdrawn",
    concern: "Expression of concern",
    correction: "Corrected",
  },
  kinds: {
    article: "Article",
    review: "Review",
    preprint: "Preprint",
    conference: "Conference paper",
    chapter: "Chapter",
    book: "Book",
    thesis: "Thesis",
    report: "Report",
    dataset: "Data set",
    notice: "Notice (retraction, correction)",
    other: "Other",
  },
  hasPreprint: "Preprint available",
  publishedAs: "Published since",
  citations: "{count, plural, one {cited # time} other {cited # times}}",
  openLicence: "Open access ({licence})",
  open: "Open access",
  notOpen: "Restricted access",
  readPdf: "Read (PDF)",
  read: "Read",
} satisfies Same<typeof fr>;
