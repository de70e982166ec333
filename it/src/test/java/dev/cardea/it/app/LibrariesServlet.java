package dev.cardea.it.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.CodeSource;
import java.util.List;

/** Where the application's own libraries come from, by what their classes say. */
@WebServlet("/libraries")
public class LibrariesServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        for (String name : List.of(
                "org.jose4j.jwt.JwtClaims", "org.ehcache.config.builders.CacheManagerBuilder", "org.slf4j.Logger")) {
            response.getWriter().println(name + " " + source(name));
        }
    }

    private String source(String name) {
        try {
            CodeSource source = Class.forName(name, true, getClass().getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            return source == null ? "?" : String.valueOf(source.getLocation());
        } catch (ClassNotFoundException e) {
            return "missing";
        }
    }
}
