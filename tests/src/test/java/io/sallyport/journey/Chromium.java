package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;

/** A real browser, where there is one; every page it waits for leaves a picture in tests/target/screenshots. */
final class Chromium implements AutoCloseable {

    /** What realms are called in the pictures. */
    static final Map<String, Object> REALM_NAME = Map.of("displayName", "Example Finance");

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The pages of sign-in and account, and those of the example application. */
    private static final String OURS = "link[href$='/mfa-login.css'], link[href='/style.css']";

    private static final String DOWNLOADS = "downloads";

    private static final String AXE = script();

    private final ChromeDriver driver;
    private final Path profile;
    private final Path pictures;
    private final String story;
    private int number;

    private Chromium(ChromeDriver driver, Path profile, String story) throws IOException {
        this.driver = driver;
        this.profile = profile;
        this.story = story;
        this.pictures = Files.createDirectories(Installation.find().root().resolve("tests/target/screenshots"));
    }

    /** Skips the test where there is no browser, unless SALLYPORT_REQUIRE_CHROMIUM says that there must be one. */
    static Chromium open(String story) throws IOException {
        boolean present = BROWSER.canExecute() && DRIVER.canExecute();
        if (Boolean.parseBoolean(System.getenv("SALLYPORT_REQUIRE_CHROMIUM"))) {
            assertThat(present).as("%s and %s are here", BROWSER, DRIVER).isTrue();
        }
        assumeTrue(present, "there is no Chromium here");
        Path profile = Files.createTempDirectory("sallyport-chromium-");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.setExperimentalOption(
                "prefs",
                Map.of("download.default_directory", profile.resolve(DOWNLOADS).toString()));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1280,1600",
                "--user-data-dir=" + profile);
        ChromeDriverService service =
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build();
        return new Chromium(new ChromeDriver(service, options), profile, story);
    }

    /** Plugs a security key in that presses itself, with or without a PIN that was typed. */
    void plugIn(boolean verifiesUser) {
        driver.addVirtualAuthenticator(new VirtualAuthenticatorOptions()
                .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                .setTransport(VirtualAuthenticatorOptions.Transport.USB)
                .setHasResidentKey(true)
                .setHasUserVerification(true)
                .setIsUserVerified(verifiesUser));
    }

    /** As if the browser had been closed: its keys stay plugged in. */
    void forget() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    void visit(String address) {
        driver.get(address);
    }

    /** Makes the page as wide as this many CSS pixels, narrower than a window may be. */
    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Goes to one of the tabs, in the order in which they were opened, as soon as it is there. */
    void tab(int number) {
        new WebDriverWait(driver, PATIENCE)
                .until(page -> driver.getWindowHandles().size() > number);
        driver.switchTo().window(List.copyOf(driver.getWindowHandles()).get(number));
    }

    /** Runs this in every page from now on, before the page's own scripts. */
    void beforeEachPage(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Runs this in the page. */
    void run(String script) {
        driver.executeScript(script);
    }

    /** What a module of the page answers to this call: its value as JSON, or the error that it throws. */
    JsonNode ask(String module, String call) {
        Object answer = driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                        + "import(arguments[0]).then(module => module." + call + ").then("
                        + "value => done(JSON.stringify({ value })),"
                        + "error => done(JSON.stringify({ error: `${error} ${error.code} ${JSON.stringify(error.cause)}` })));",
                module);
        JsonNode said = Json.read(String.valueOf(answer));
        assertThat(said.path("error").asText()).as(call).isEmpty();
        return said.path("value");
    }

    /** Waits for the element and takes a picture of the page. */
    WebElement await(String selector) throws IOException {
        WebElement found = new WebDriverWait(driver, PATIENCE)
                .until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(selector)));
        assertAccessible();
        number++;
        Files.write(pictures.resolve("%s-%02d.png".formatted(story, number)), driver.getScreenshotAs(OutputType.BYTES));
        return found;
    }

    /** Clicks on what is drawn anew at any time: on what stands there in the end. */
    void press(String selector) throws IOException {
        await(selector);
        new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(page -> {
                    page.findElement(By.cssSelector(selector)).click();
                    return true;
                });
    }

    /** Waits until there is no such thing any more. */
    void awaitGone(String selector) {
        new WebDriverWait(driver, PATIENCE).until(ExpectedConditions.numberOfElementsToBe(By.cssSelector(selector), 0));
    }

    /** Waits until a file of this name has been saved, whole. */
    Path awaitFile(String name) {
        Path file = profile.resolve(DOWNLOADS).resolve(name);
        new WebDriverWait(driver, PATIENCE).until(page -> Files.exists(file));
        return file;
    }

    /** Clicks on what leads to another page, and waits until this one is gone: nothing that follows can mean the old one. */
    void leaveBy(String selector) throws IOException {
        WebElement page = driver.findElement(By.tagName("html"));
        await(selector).click();
        new WebDriverWait(driver, PATIENCE).until(browser -> isGone(page));
    }

    /** A driver that asks while the next page comes is told so in other words, which Selenium has no name for. */
    private static boolean isGone(WebElement page) {
        try {
            page.isEnabled();
            return false;
        } catch (StaleElementReferenceException gone) {
            return true;
        } catch (WebDriverException other) {
            if (String.valueOf(other.getMessage()).contains("does not belong to the document")) {
                return true;
            }
            throw other;
        }
    }

    /** What is ours in a page of somebody else's has none either. */
    void assertAccessible(String selector) {
        driver.executeScript(AXE);
        Object violations = driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                        + "axe.run(arguments[0]).then(found => done(found.violations.map(violation => violation.id + ': '"
                        + " + violation.nodes.map(node => node.html).join(' | '))), error => done([String(error)]));",
                selector);
        assertThat((List<?>) violations).as("accessibility of %s", selector).isEmpty();
    }

    /** No page of ours has a violation of WCAG 2.2 AA or of axe's own good practice. */
    private void assertAccessible() {
        boolean ours = !driver.findElements(By.cssSelector(OURS)).isEmpty();
        if (ours) {
            driver.executeScript(AXE);
            Object violations = driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                    + "axe.run(document).then(found => done(found.violations.map(violation => violation.id + ': '"
                    + " + violation.nodes.map(node => node.html).join(' | '))), error => done([String(error)]));");
            assertThat((List<?>) violations)
                    .as("accessibility of %s", driver.getTitle())
                    .isEmpty();
            assertNothingSticksOut();
        }
    }

    /** No text leaves the card that it stands on. */
    private void assertNothingSticksOut() {
        Object outside = driver.executeScript("const card = document.querySelector('#kc-content, main');"
                + "const edge = card.getBoundingClientRect().right + 1;"
                + "return [...card.querySelectorAll('*')].filter(element =>"
                + " element.checkVisibility() && !element.closest('.kc-tooltip-text') && element.getBoundingClientRect().right > edge)"
                + ".map(element => element.outerHTML.slice(0, 120));");
        assertThat((List<?>) outside)
                .as("what sticks out of %s", driver.getTitle())
                .isEmpty();
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(Chromium.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Waits until the browser is at an address that begins like this, and returns it. */
    String awaitAddress(String beginning) {
        new WebDriverWait(driver, PATIENCE).until(page -> page.getCurrentUrl().startsWith(beginning));
        return String.valueOf(driver.getCurrentUrl());
    }

    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(element ->
                        String.valueOf(element.getDomProperty("textContent")).strip())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
        Trees.delete(profile);
    }
}
