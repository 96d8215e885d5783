// The official Node client on /v1, as a program uses it: prints what it got, as one JSON line.
import OpenAI from "openai";

const client = new OpenAI({ maxRetries: 0 });
const messages = (words) => [{ role: "user", content: words }];
const told = { models: [], streamed: "", calls: [] };

for await (const model of client.models.list()) told.models.push(model.id);

const whole = await client.chat.completions.create({ model: "scripted", messages: messages("[[say=Bonjour_Node]]") });
told.whole = whole.choices[0].message.content;

const stream = await client.chat.completions.create({
  model: "scripted",
  stream: true,
  stream_options: { include_usage: true },
  messages: messages("[[tokens=20 rate=200]]"),
});
for await (const chunk of stream) {
  told.streamed += chunk.choices[0]?.delta?.content ?? "";
  told.tokens = chunk.usage?.completion_tokens ?? told.tokens;
}

const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object", properties: {} } } }];
const called = await client.chat.completions.create({ model: "scripted", tools, messages: messages("[[call=weather]]") });
told.calls = called.choices[0].message.tool_calls.map((call) => [call.function.name, call.function.arguments]);

const response = client.responses.stream({ model: "scripted", input: "[[say=Bonsoir_Node]]" });
told.response = (await response.finalResponse()).output_text;

const vectors = await client.embeddings.create({ model: "vectors", input: ["un", "quatre"] });
told.vector = vectors.data[1].embedding;

try {
  await client.chat.completions.create({ model: "scripted", temperature: 9, messages: messages("non") });
} catch (error) {
  told.error = [error.constructor.name, error.status, error.code, error.param];
}
console.log(JSON.stringify(told));
