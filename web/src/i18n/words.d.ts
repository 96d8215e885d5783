/** Made by the build (vite.plugins.ts): a file of words for each language and part, compiled. */
declare module "virtual:words" {
  const load: Readonly<
    Record<"fr" | "en", Readonly<Record<import("./parts").Part, () => Promise<{ default: object }>>>>
  >;
  export default load;
}
