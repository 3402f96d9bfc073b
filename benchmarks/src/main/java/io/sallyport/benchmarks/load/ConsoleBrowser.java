package io.sallyport.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.Json;
import io.sallyport.journey.Trees;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium with a fresh profile, before Keycloak's admin console, signed in as the administrator of the master realm. */
final class ConsoleBrowser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final Path profile;
    private final URI console;

    private ConsoleBrowser(ChromeDriver driver, Path profile, URI console) {
        this.driver = driver;
        this.profile = profile;
        this.console = console;
    }

    static ConsoleBrowser open(URI server) throws IOException {
        Path profile = Files.createTempDirectory("sallyport-chromium-");
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1280,1600",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .build();
        ConsoleBrowser browser = new ConsoleBrowser(
                new ChromeDriver(service, options), profile, server.resolve("/admin/master/console/"));
        browser.signIn();
        return browser;
    }

    private void signIn() {
        driver.get(console.toString());
        await("#username");
        driver.findElement(By.id("username")).sendKeys("admin");
        driver.findElement(By.id("password")).sendKeys("admin");
        driver.findElement(By.id("kc-login")).click();
        await("#nav-item-users");
    }

    /** Opens a screen by its address; cold knows nothing of the console but the session's cookie. */
    Opened open(Screen screen, boolean cold) {
        driver.get("about:blank");
        if (cold) {
            driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
        }
        Object script = driver.executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of("source", BrowserWatch.SCRIPT + "want(`" + screen.wanted() + "`);"))
                .get("identifier");
        long begun = System.currentTimeMillis();
        driver.get(console + "#/" + Town.REALM + "/" + screen.path());
        JsonNode seen = result(screen);
        driver.executeCdpCommand(
                "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", String.valueOf(script)));
        return Opened.since(begun, seen);
    }

    /** The same by a click on its tab, from the screen that is shown. */
    Opened click(Screen screen, String link) {
        await(link);
        driver.executeScript(BrowserWatch.CLICK, link, screen.wanted());
        return Opened.sinceClick(result(screen));
    }

    private JsonNode result(Screen screen) {
        await(screen.wanted());
        settle();
        return Json.read(String.valueOf(driver.executeScript(BrowserWatch.RESULT)));
    }

    /** Waits until nothing of ours is on its way any more. */
    private void settle() {
        new WebDriverWait(driver, PATIENCE)
                .until(
                        page -> Boolean.TRUE.equals(
                                driver.executeScript(
                                        "return watch.there !== undefined && !document.querySelector('.mfa-skeleton, .mfa-wait')"
                                                + " && performance.getEntriesByType('resource').every(one => performance.now() - one.responseEnd > 400)")));
    }

    private void await(String selector) {
        new WebDriverWait(driver, PATIENCE)
                .until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(selector)));
    }

    @Override
    public void close() {
        driver.quit();
        Trees.delete(profile);
    }
}
