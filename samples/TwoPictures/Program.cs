// Two prompts, one batch, two pictures in the folder "pictures". The key is in OPENAI_API_KEY, GEMINI_API_KEY or XAI_API_KEY.
using Batchwork;

using var client = new ImageBatchClient();
var job = await client.SubmitAsync(new ImageBatch
{
    Model = args is [var model] ? model : "openai/gpt-image-2",
    Requests = [new() { CustomId = "cat", Prompt = "A cat in the rain" }, new() { CustomId = "dog", Prompt = "A dog in the sun" }],
});
Console.WriteLine($"{job.Id} is at {job.Provider}; it may take up to a day.");
foreach (var saved in await job.SaveAllAsync("pictures"))
{
    Console.WriteLine($"{saved.Result.CustomId}: {saved.Result.Error?.Message ?? string.Join(", ", saved.Files)}");
}
