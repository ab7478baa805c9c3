import { Route, Routes } from "react-router";
import { Lost } from "../../../design/parts/Lost.tsx";
import { AccessPage } from "../access/AccessPage.tsx";
import { Live } from "../live/Live.tsx";
import { MeetingsPage } from "../meetings/MeetingsPage.tsx";
import { NewMeetingPage } from "../meetings/NewMeetingPage.tsx";
import { PeoplePage } from "../people/PeoplePage.tsx";
import { Gate } from "./Gate.tsx";
import { SettingsPage } from "./SettingsPage.tsx";
import { SetUp } from "./SetUp.tsx";
import { SignInByLink } from "./SignInByLink.tsx";
import "./office.css";

/** The clerk's workplace. */
export default function OfficePages() {
  return (
    <Routes>
      <Route path="setup" element={<SetUp />} />
      <Route path="sign-in" element={<SignInByLink />} />
      <Route element={<Gate />}>
        <Route index element={<MeetingsPage />} />
        <Route path="access" element={<AccessPage />} />
        <Route path="settings" element={<SettingsPage />} />
        <Route path="people" element={<PeoplePage />} />
        <Route path="meetings/new" element={<NewMeetingPage />} />
        <Route path="meetings/:meeting" element={<Live />} />
      </Route>
      <Route path="*" element={<Lost />} />
    </Routes>
  );
}
