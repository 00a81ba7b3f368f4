using Microsoft.Playwright;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>A headless Chromium for all tests that look at a page; without network.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why there is none.</summary>
    public const string Reason = "Chromium is not installed (scripts/test.sh does it).";

    private static string? Executable => Array.Find(Paths, File.Exists);

    /// <summary>Whether there is one; with <c>CI=true</c> there must be.</summary>
    public static bool IsInstalled => Executable is not null
        || (Environment.GetEnvironmentVariable("CI") == "true" ? throw new InvalidOperationException(Reason) : false);

    public async ValueTask InitializeAsync()
    {
        if (Executable is not { } executable) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens a file; what the page complains about goes to <paramref name="complaints"/>.</summary>
    internal async Task<IPage> OpenAsync(string file, List<string> complaints, ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions { Offline = true, ColorScheme = scheme });
        IPage page = await context.NewPageAsync();
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) => complaints.Add(message.Text);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal)) complaints.Add($"asks for {request.Url}");
        };
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
