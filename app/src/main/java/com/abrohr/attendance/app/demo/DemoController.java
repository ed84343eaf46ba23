package com.abrohr.attendance.app.demo;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** Sign-in without a password; does not exist outside demo mode. */
@RestController
@RequestMapping("/api/v1/demo")
final class DemoController {
    private final DemoCompany company;
    private final DemoTokens tokens;
    private final DemoSignIns signIns;

    DemoController(DemoCompany company, DemoTokens tokens, DemoSignIns signIns) {
        this.company = company;
        this.tokens = tokens;
        this.signIns = signIns;
    }

    @GetMapping("/people")
    People people() {
        return new People(
                company.people().stream()
                        .map(
                                p ->
                                        new Person(
                                                p.employeeId(),
                                                p.displayName(),
                                                p.role(),
                                                p.departmentId(),
                                                p.site().id()))
                        .toList());
    }

    @PostMapping("/sign-in")
    ResponseEntity<SignedIn> signIn(@RequestBody SignIn request) {
        String employeeId = request.employeeId();
        if (employeeId == null) {
            throw Refusal.invalid("employeeId", "employeeId is required");
        }
        DemoPerson person =
                company.find(employeeId)
                        .orElseThrow(
                                () ->
                                        new Refusal(
                                                RefusalCode.UNKNOWN_EMPLOYEE,
                                                "employeeId",
                                                "Nobody of the demo company has this id"));
        signIns.add(person.employeeId());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(
                        new SignedIn(
                                tokens.sign(person),
                                person.employeeId(),
                                person.displayName(),
                                person.role(),
                                DemoCompany.ID,
                                DemoCompany.NAME));
    }

    record People(List<Person> people) {}

    record Person(
            String employeeId, String displayName, Role role, String departmentId, String siteId) {}

    record SignIn(@Nullable String employeeId) {}

    record SignedIn(
            String token,
            String employeeId,
            String displayName,
            Role role,
            String companyId,
            String companyName) {

        @Override
        public String toString() {
            return "SignedIn[" + employeeId + "]";
        }
    }
}
