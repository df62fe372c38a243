using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Psoxy.Cli.Tests.Rules.Review;

/// <summary>The page in a real browser: what it shows, what it asks of the network (nothing), and whether everybody can use it.</summary>
public sealed partial class ReviewBrowserTests : IDisposable
{
    private readonly List<string> _console = [];
    private readonly List<string> _requests = [];
    private TemporaryFolder _folder = null!;
    private IPlaywright _driver = null!;
    private IBrowser _browser = null!;
    private IBrowserContext _context = null!;
    private IPage _page = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        (_driver, _browser) = await Browser.StartAsync();
        _folder = new TemporaryFolder();
        _folder.Write("page.html", ReviewPages.Html);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _driver?.Dispose();
    }

    public void Dispose() => _folder?.Dispose();

    [TearDown]
    public async Task Close() => await _context.CloseAsync();

    [Test]
    public async Task The_page_opens_without_an_error_and_asks_the_network_for_nothing()
    {
        await OpenAsync();
        await _page.Locator("details.example summary").First.ClickAsync();
        await _page.Locator("#search").FillAsync("mail");
        await HitsAsync("fit");

        Assert.That(_console, Is.Empty);
        Assert.That(_requests, Has.Count.EqualTo(1).And.All.StartsWith("file:"), "the page itself and nothing else");
    }

    [Test]
    public async Task Search_shows_what_has_every_word_and_says_how_much_that_is()
    {
        await OpenAsync();
        await _page.Locator("#search").FillAsync("passcode pwd");
        await HitsAsync("0 properties fit");
        await Assertions.Expect(_page.Locator("#none")).ToBeVisibleAsync();

        await _page.Locator("#search").FillAsync("surname person");
        var hits = await HitsAsync("^[1-9].* propert(y|ies) fits?");
        var shown = await _page.Locator("details.place tbody tr:visible code:visible").AllTextContentsAsync();
        Assert.That(shown, Is.Not.Empty.And.All.EqualTo("surname"));
        Assert.That(Number().Match(hits).Value, Is.EqualTo(shown.Count.ToString(null, null)));
        await Assertions.Expect(_page.Locator("#msft-onedrive").Locator("visible=true")).ToHaveCountAsync(0);

        await _page.Locator("#search").FillAsync("/mailFolders/SentItems sentDateTime");
        await HitsAsync("in 1 kind of answer");
        await Assertions.Expect(_page.Locator("code.hit:visible").First).ToHaveTextAsync("sentDateTime");
    }

    [Test]
    public async Task A_slash_goes_to_the_search_and_escape_clears_it()
    {
        await OpenAsync();
        var all = await HitsAsync("properties in");
        await _page.Keyboard.PressAsync("/");
        await Assertions.Expect(_page.Locator("#search")).ToBeFocusedAsync();
        await _page.Keyboard.TypeAsync("jobTitle");
        await HitsAsync("fit");
        await _page.Keyboard.PressAsync("Escape");

        Assert.That(await HitsAsync("properties in"), Is.EqualTo(all));
        await Assertions.Expect(_page.Locator("#search")).ToHaveValueAsync("");
        await Assertions.Expect(_page.Locator("#summary")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_treatment_that_is_not_ticked_is_not_shown()
    {
        await OpenAsync();
        foreach (var name in (string[])["kept", "pseudonymized", "dropped"]) await _page.GetByRole(AriaRole.Checkbox, new() { Name = name }).UncheckAsync();

        await HitsAsync("fit");
        var shown = await _page.Locator("details.place[open] tbody tr:visible > th b").AllTextContentsAsync();
        Assert.That(shown, Is.Not.Empty.And.All.EqualTo("reduced"));
    }

    [Test]
    public async Task Another_variant_shows_its_own_treatments_and_its_own_example()
    {
        await OpenAsync();
        var example = _page.Locator("#outlook-mail-1 details.example").First;
        await example.Locator("summary").ClickAsync();
        var id = example.Locator("tr:visible").Filter(new() { HasText = "\"id\"" }).First;
        await Assertions.Expect(id).Not.ToContainTextAsync("p~");

        await _page.GetByLabel("Variant", new() { Exact = true }).SelectOptionAsync("pseudonymizeAppIds");
        await Assertions.Expect(id).ToContainTextAsync("p~");
        await Assertions.Expect(id).ToContainTextAsync("pseudonym");
        await Assertions.Expect(_page.Locator("#outlook-mail-1 details.place").First.Locator("tr.p:visible").Filter(new() { Has = _page.Locator("code", new() { HasTextRegex = Id() }) })).ToHaveCountAsync(1);

        await _page.GetByLabel("Variant", new() { Exact = true }).SelectOptionAsync("noGroups");
        await Assertions.Expect(_page.Locator("#outlook-mail .answer > .note:visible").First).ToContainTextAsync("This variant refuses these requests.");
        await Assertions.Expect(_page.Locator("#msft-onedrive > .other")).ToBeVisibleAsync();
    }

    [TestCase(ColorScheme.Light, Media.Screen, 1280)]
    [TestCase(ColorScheme.Dark, Media.Screen, 1280)]
    [TestCase(ColorScheme.Light, Media.Screen, 400)]
    [TestCase(ColorScheme.Light, Media.Print, 1280)]
    public async Task Axe_finds_nothing_that_keeps_people_out(ColorScheme scheme, Media media, int width)
    {
        await OpenAsync(scheme, width);
        await _page.EmulateMediaAsync(new() { Media = media });

        // All of the page takes axe minutes; one answer of each connector has every kind of thing that there is.
        await _page.EvaluateAsync("""
            for (const connector of document.querySelectorAll('section.connector')) [...connector.querySelectorAll('.answer')].slice(1).forEach(each => each.remove());
            for (const details of document.querySelectorAll('.answer > div > .place:first-of-type, .answer .example:first-of-type, .differences')) details.open = true;
            for (const answer of document.querySelectorAll('.answer')) [...answer.querySelectorAll('.place')].slice(4).forEach(each => each.remove());
            for (const table of document.querySelectorAll('table.json')) [...table.tBodies[0].rows].slice(25).forEach(row => row.remove());
            """);
        var found = await _page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });

        Assert.That(found.Violations.SelectMany(each => each.Nodes.Take(3).Select(node => $"{each.Id}: {each.Help}: {node.Html}")), Is.Empty);
        Assert.That(await _page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), "nothing to scroll sideways but tables");
    }

    [Test]
    public async Task The_keyboard_reaches_every_control_in_order_and_shows_where_it_is()
    {
        await OpenAsync();
        var walked = new List<string>();
        for (var step = 0; step < 8; step++)
        {
            await _page.Keyboard.PressAsync("Tab");
            walked.Add(await _page.EvaluateAsync<string>("(() => { const at = document.activeElement; return (at.id || at.value || at.textContent.trim()) + (getComputedStyle(at).outlineStyle === 'none' ? ' unseen' : ''); })()"));
        }

        Assert.That(walked, Is.EqualTo((string[])["Skip to the content", "search", "k", "p", "r", "d", "variant", "Summary"]));
        await _page.Locator(".skip").FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        Assert.That(await _page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("main"));

        var closed = _page.Locator("#outlook-mail-1 details.example").First;
        await closed.Locator("summary").FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(closed.Locator("table")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Headings_do_not_skip_a_level_and_every_part_has_its_landmark()
    {
        await OpenAsync();
        var levels = await _page.EvaluateAsync<int[]>("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(each => +each.tagName[1])");

        Assert.That(levels.Count(level => level == 1), Is.EqualTo(1));
        Assert.That(levels.Zip(levels.Skip(1)).Where(pair => pair.Second > pair.First + 1), Is.Empty);
        foreach (var role in (AriaRole[])[AriaRole.Banner, AriaRole.Main, AriaRole.Search]) await Assertions.Expect(_page.GetByRole(role)).ToHaveCountAsync(1);
        await Assertions.Expect(_page.GetByRole(AriaRole.Navigation, new() { Name = "Contents" })).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Without_scripts_everything_is_there_and_no_control_is()
    {
        await OpenAsync(scripts: false);

        await Assertions.Expect(_page.Locator("#controls")).ToBeHiddenAsync();
        await Assertions.Expect(_page.Locator("#outlook-mail-1 details.place").First.Locator("table")).ToBeVisibleAsync();
        await Assertions.Expect(_page.Locator("#outlook-mail-1 details.place").First.Locator(".only:visible").First).ToContainTextAsync("variant");
        await _page.Locator("#outlook-mail-1 details.example summary").First.ClickAsync();
        await Assertions.Expect(_page.Locator("#outlook-mail-1 details.example").First.Locator("table")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Paper_shows_all_of_it_whatever_was_searched()
    {
        await OpenAsync();
        await _page.Locator("#search").FillAsync("jobTitle");
        await HitsAsync("fit");
        await _page.EmulateMediaAsync(new() { Media = Media.Print });
        await _page.EvaluateAsync("window.dispatchEvent(new Event('beforeprint'))");

        await Assertions.Expect(_page.Locator(".bar")).ToBeHiddenAsync();
        await Assertions.Expect(_page.Locator("#summary")).ToBeVisibleAsync();
        Assert.That(await _page.EvaluateAsync<int>("document.querySelectorAll('details:not([open])').length"), Is.Zero);
        Assert.That(await _page.EvaluateAsync<int>("[...document.querySelectorAll('details.place code')].filter(each => !each.closest('.away') && each.getClientRects().length === 0).length"), Is.Zero);
        Assert.That(await _page.EvaluateAsync<string>("document.querySelector('main').dataset.variant + getComputedStyle(document.querySelector('main'), '::before').content"), Does.StartWith("default").And.Contain("Variant shown: "));

        await _page.EvaluateAsync("window.dispatchEvent(new Event('afterprint'))");
        Assert.That(await _page.EvaluateAsync<int>("document.querySelectorAll('details:not([open])').length"), Is.Positive);
    }

    private async Task OpenAsync(ColorScheme scheme = ColorScheme.Light, int width = 1280, bool scripts = true)
    {
        _console.Clear();
        _requests.Clear();
        _context = await _browser.NewContextAsync(new() { ColorScheme = scheme, JavaScriptEnabled = scripts, ViewportSize = new() { Width = width, Height = 900 } });
        _page = await _context.NewPageAsync();
        _page.Console += (_, message) => _console.Add(message.Text);
        _page.PageError += (_, error) => _console.Add(error);
        _page.Request += (_, request) => _requests.Add(request.Url);
        await _page.GotoAsync(new Uri(_folder["page.html"]).AbsoluteUri);
    }

    private async Task<string> HitsAsync(string expected)
    {
        await Assertions.Expect(_page.Locator("#hits")).ToHaveTextAsync(new Regex(expected));
        return await _page.Locator("#hits").InnerTextAsync();
    }

    [GeneratedRegex("[0-9,]+")]
    private static partial Regex Number();

    [GeneratedRegex("^id$")]
    private static partial Regex Id();
}
